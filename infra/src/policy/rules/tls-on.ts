import type { Environment } from '@hadal/platform/environment'
import type { Rule } from '../policy-resource.ts'

/** What this program speaks to, it speaks to by TLS, with the certificate verified, unless the environment itself says otherwise. */
export const tlsOn =
  (environment: Environment): Rule =>
  ({ type, props }) => {
    if (type === 'pulumi:providers:postgresql') {
      const wanted = environment.postgres.kind === 'external' ? environment.postgres.tls : 'verify-full'
      if (props.sslmode !== wanted || (environment.protected && wanted !== 'verify-full'))
        return [`sslmode is "${props.sslmode}": the environment asks for "${wanted}". Write that.`]
    }
    if (type === 'pulumi:providers:minio') {
      if (String(props.minioSsl) !== 'true')
        return ['minioSsl is off: keys and backups would go in clear. Switch it on.']
      if (String(props.minioInsecure) === 'true')
        return ['minioInsecure is on: nobody checks the certificate. Take it out.']
    }
    return []
  }
