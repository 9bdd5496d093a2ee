import { recordAt, textAt } from '@hadal/charts/validate/read-json'
import { servingCluster } from '@hadal/platform/database-clusters'
import { endpointsOf } from '@hadal/platform/endpoints'
import { kubernetesSecretName } from '@hadal/platform/kubernetes-secret-name'
import { gatewayListener, redisName } from '@hadal/platform/names'
import { agentPods, inContainer, noVariable, secretVolume, serverVariable } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inObject, manifestFile, objectTitle, serverCan, settingPlace } from '../evidence.ts'

/** Checklist item: TLS on the connections to PostgreSQL, to Redis, and from outside the cluster to the API. */
export const tls: ChecklistItem = {
  id: 'tls',
  title: 'TLS',
  group: 'required',
  answer: (subject) => together(toPostgres(subject), toRedis(subject), fromOutside(subject), toModels(subject)),
}

/** Notes about model providers that the environment reaches by plain HTTP, which its configuration allows by name. */
const toModels = ({ environment }: Subject): Partial<Answer> => ({
  notes: endpointsOf(environment)
    .filter(({ users, url }) => users === 'agents' && url.protocol === 'http:')
    .map(
      ({ value, destinationPath }) =>
        `Prompts, responses and the key go to ${value} without TLS, as ${destinationPath} allows.`,
    ),
})

const setting = (subject: Subject, path: readonly string[], problem: string, mend: string): Partial<Answer> => ({
  missing: [{ problem, mend, ...settingPlace(subject, path) }],
})

/** Note about a standalone data service. It has no TLS, and only an environment with `development: true` can have it. */
const standalone = (service: string, alternative: string): Partial<Answer> => ({
  notes: [
    `${service} of kind "standalone" has no TLS, which development: true allows. "${alternative}" and "external" have TLS.`,
  ],
})

function toPostgres(subject: Subject): Partial<Answer> {
  const { postgres } = subject.environment
  if (postgres.kind === 'standalone') return standalone('PostgreSQL', 'cnpg')
  if (postgres.kind === 'external' && postgres.tls === 'disable')
    return setting(subject, ['postgres', 'tls'], 'postgres.tls is "disable".', 'Remove it, or set it to "verify-full".')
  const insists = serverVariable(subject, 'DATABASE_TLS')
  const can = together(
    serverCan(subject, 'databaseTls', {
      mend: 'Until then, end the addresses in db-credentials with sslmode=verify-full. This command can not read them.',
    }),
    insists?.value === 'verify'
      ? { evidence: insists.at('The server requires TLS: DATABASE_TLS is "verify"') }
      : { missing: [noVariable('DATABASE_TLS=verify')] },
  )
  if (postgres.kind === 'external')
    return together(
      can,
      { evidence: [inConfig(subject, ['postgres', 'tls'], 'postgres.tls is "verify-full"')] },
      postgres.privateCa ? authority(subject, 'database-ca', 'PostgreSQL') : {},
    )
  const cluster = subject.objects.find(
    ({ kind, name }) => kind === 'Cluster' && name === servingCluster(subject.environment),
  )
  const says = "CloudNativePG creates PostgreSQL's certificate"
  return together(
    can,
    cluster
      ? { evidence: [inObject(subject, cluster, ['spec', 'certificates'], says)] }
      : {
          missing: [
            {
              problem: `There is no Cluster ${servingCluster(subject.environment)}.`,
              mend: 'Fix charts/src/components/postgres.ts.',
            },
          ],
        },
    authority(subject, kubernetesSecretName(subject.environment, 'postgres-ca'), 'PostgreSQL'),
  )
}

/** Finding of `hadal check` about the CA certificate with which the agent server verifies the certificate of PostgreSQL or Redis. */
function authority(subject: Subject, secret: string, of: string): Partial<Answer> {
  return together(
    ...agentPods(subject).found.map((pod): Partial<Answer> => {
      const says = `The pods have the CA certificate for ${of}`
      if (secretVolume(pod, secret) !== undefined)
        return { evidence: [inContainer(subject, pod, ['volumeMounts'], says)] }
      const problem = `${objectTitle(pod.rendered)} does not mount ${secret}, so it can't verify the certificate.`
      const mend = 'Fix charts/src/secret-volumes.ts, or the users of the key in packages/platform/src/secret-table.ts.'
      return { missing: [{ problem, mend, file: manifestFile(subject, pod.rendered), line: 1 }] }
    }),
  )
}

function toRedis(subject: Subject): Partial<Answer> {
  const { redis } = subject.environment
  if (redis.kind === 'standalone') return standalone('Redis', 'cluster')
  if (redis.kind === 'external' && !redis.tls)
    return setting(subject, ['redis', 'tls'], 'redis.tls is false.', 'Remove it, or set it to true.')
  const insists = serverVariable(subject, 'REDIS_TLS')
  const can = together(
    serverCan(subject, 'redisTls', { mend: 'Until then, keep Redis on a separate network.' }),
    insists?.value === 'verify'
      ? { evidence: insists.at('The server requires TLS: REDIS_TLS is "verify"') }
      : { missing: [noVariable('REDIS_TLS=verify')] },
  )
  if (redis.kind === 'external')
    return together(can, { evidence: [inConfig(subject, ['redis', 'tls'], 'redis.tls is true')] })
  const cluster = subject.objects.find(({ kind, name }) => kind === 'RedisCluster' && name === redisName)
  if (cluster && Object.keys(recordAt(cluster.object, 'spec', 'TLS')).length > 0)
    return together(
      can,
      { evidence: [inObject(subject, cluster, ['spec', 'TLS'], 'Redis has a certificate')] },
      authority(subject, 'redis-tls', 'Redis'),
    )
  const problem = cluster
    ? `${objectTitle(cluster)} has no certificate (spec.TLS).`
    : `There is no RedisCluster ${redisName}.`
  return together(can, { missing: [{ problem, mend: 'Fix charts/src/components/redis.ts.' }] })
}

function fromOutside(subject: Subject): Partial<Answer> {
  const { environment, objects } = subject
  const { exposure } = environment
  const doors = objects.filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')
  if (exposure.kind === 'internal') {
    const says = 'The API is not exposed outside the cluster; inside, it uses HTTP'
    if (doors.length === 0) return { evidence: [inConfig(subject, ['exposure'], says)] }
    return {
      missing: doors.map((door) => ({
        problem: `${objectTitle(door)} exposes the API, although exposure.kind is "internal".`,
        mend: 'Fix charts/src/components/agent/exposure.ts.',
        file: manifestFile(subject, door),
        line: 1,
      })),
    }
  }
  if (!exposure.tls)
    return setting(subject, ['exposure', 'tls'], 'exposure.tls is false.', 'Remove it, or set it to true.')
  const wanted = exposure.kind === 'gateway' ? 'HTTPRoute' : 'Ingress'
  const door = doors.find(({ kind }) => kind === wanted)
  if (!door)
    return { missing: [{ problem: `There is no ${wanted}.`, mend: 'Fix charts/src/components/agent/exposure.ts.' }] }
  if (exposure.kind === 'gateway') {
    const { name, namespace } = exposure.gateway
    const says = `Requests arrive at listener "${gatewayListener(exposure)}" of Gateway ${namespace}/${name}, which terminates TLS`
    return { evidence: [inObject(subject, door, ['spec', 'parentRefs'], says)] }
  }
  const secret = 'deep-agents-tls'
  const certificate = objects.find(
    ({ kind, object }) => kind === 'Certificate' && textAt(object, 'spec', 'secretName') === secret,
  )
  if (!certificate)
    return {
      missing: [
        {
          problem: `Nothing creates the certificate of ${exposure.host}.`,
          mend: 'Fix charts/src/components/agent/exposure.ts.',
        },
      ],
    }
  return {
    evidence: [
      inObject(subject, door, ['spec', 'tls'], `The Ingress controller terminates TLS for ${exposure.host}`),
      inObject(
        subject,
        certificate,
        ['spec', 'issuerRef'],
        `cert-manager creates the certificate with ${exposure.issuer.name}`,
      ),
    ],
  }
}
