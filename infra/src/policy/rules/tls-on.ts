import type { Environment } from '@hadal/platform/environment'
import type { Rule } from '../policy-resource.ts'

/** Rule: the program's connections must use TLS with a verified certificate, unless an environment for development disables it. */
export const tlsOn =
  (environment: Environment): Rule =>
  ({ type, props }) => {
    if (type === 'pulumi:providers:postgresql') {
      const wanted = environment.postgres.kind === 'external' ? environment.postgres.tls : 'verify-full'
      if (props.sslmode !== wanted || (!environment.development && wanted !== 'verify-full'))
        return [`sslmode is "${props.sslmode}", but the environment requires "${wanted}". Set it to that.`]
    }
    if (type === 'pulumi:providers:minio') {
      if (String(props.minioSsl) !== 'true')
        return ['minioSsl is false: keys and backups would be sent unencrypted. Set it to true.']
      if (String(props.minioInsecure) === 'true')
        return ['minioInsecure is true: the certificate would not be verified. Remove it.']
    }
    return []
  }
