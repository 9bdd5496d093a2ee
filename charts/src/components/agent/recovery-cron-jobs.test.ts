import type { EnvironmentInput } from '@hadal/platform/environment'
import { ageRecipients } from '@hadal/platform/fixtures/age-recipients'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import type { k8s } from 'cdk8s-plus-28'
import { describe, expect, test } from 'vitest'
import { rendered } from '../../fixtures/rendered.ts'
import { shapes } from '../../fixtures/shapes.ts'
import { renderEnvironment } from '../../render-environment.ts'

const s3 = { kind: 's3', bucket: 'backups', region: 'eu-central-1' } as const
const external: EnvironmentInput['postgres'] = {
  kind: 'external',
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
}
const cnpg: EnvironmentInput['postgres'] = { kind: 'cnpg', maxConnections: 2000, storage: { size: '50Gi' } }

const podOf = (environment: ReturnType<typeof soundEnvironment>, name: 'backup' | 'drill'): k8s.PodSpec =>
  rendered(
    environment,
    `agent/CronJob.deep-agents-${name}.yaml`,
    'spec',
    'jobTemplate',
    'spec',
    'template',
    'spec',
  ) as k8s.PodSpec
const serverOf = (environment: ReturnType<typeof soundEnvironment>): k8s.PodSpec =>
  rendered(environment, 'agent/Deployment.deep-agents.yaml', 'spec', 'template', 'spec') as k8s.PodSpec

/** Variables of the first container of a pod, by name. */
const variables = ({ containers: [first] }: k8s.PodSpec): Record<string, string | undefined> =>
  Object.fromEntries((first?.env ?? []).map(({ name, value }) => [name, value]))
const secretsOf = ({ volumes }: k8s.PodSpec): string[] =>
  (volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? [])

test.each<EnvironmentInput['postgres']>([cnpg, { kind: 'standalone', maxConnections: 1000 }, external])(
  'backups and drills run at their schedule in UTC, one at a time, with postgres.kind $kind',
  (postgres) => {
    const backup = { ...s3, archive: { schedule: '5 1 * * *' }, drill: { schedule: '6 2 * * *' } }
    const environment = soundEnvironment({ postgres, backup })
    const limits = { timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' }
    const spec = (name: string) => rendered(environment, `agent/CronJob.deep-agents-${name}.yaml`, 'spec')
    expect(spec('backup')).toMatchObject({ schedule: '5 1 * * *', ...limits })
    expect(spec('drill')).toMatchObject({ schedule: '6 2 * * *', ...limits })
    expect(podOf(environment, 'backup').containers[0]?.command).toEqual(['hadal-runtime', 'backup'])
    expect(podOf(environment, 'drill').containers[0]?.command).toEqual(['hadal-runtime', 'drill'])
  },
)

test('an environment without backups has no CronJob, no account and no policy for them', () => {
  const paths = renderEnvironment(soundEnvironment()).map(({ path }) => path)
  expect(paths.filter((path) => /CronJob|backup|drill/.test(path))).toEqual([])
})

test('the settings name the target, the retention and the recipients of backups', () => {
  const archive = { retentionDays: 90, recipients: [ageRecipients.one, ageRecipients.two] }
  const environment = soundEnvironment({ backup: { ...s3, endpoint: 's3.example.com', archive } })
  expect(rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data')).toMatchObject({
    BACKUP_TARGET: 's3://backups/test/archive',
    BACKUP_ENDPOINT: 'https://s3.example.com',
    BACKUP_REGION: 'eu-central-1',
    BACKUP_RECIPIENTS: `${ageRecipients.one},${ageRecipients.two}`,
    BACKUP_RETENTION_DAYS: '90',
  })
})

describe('the database of a backup or a drill', () => {
  test('is reached as the owner by a backup, and as the role of the loops by a drill, if callers sign in', () => {
    const environment = soundEnvironment({ access: { kind: 'api-keys' }, backup: s3 })
    const ofOwner = 'DATABASE_OWNER_URL_FILE'
    expect(variables(podOf(environment, 'backup'))[ofOwner]).toBe('/run/secrets/db-credentials/owner-url')
    expect(variables(podOf(environment, 'drill')).DATABASE_LOOPS_URL_FILE).toBe('/run/secrets/db-credentials/loops-url')
    for (const pod of [podOf(environment, 'drill'), serverOf(environment)])
      expect(variables(pod)).not.toHaveProperty(ofOwner)
  })

  test.each(['backup', 'drill'] as const)('is reached without a pooler by a %s if one role does everything', (name) => {
    const { DATABASE_URL_FILE } = variables(podOf(soundEnvironment({ postgres: cnpg, backup: s3 }), name))
    expect(DATABASE_URL_FILE).toBe('/run/secrets/db-credentials/direct-url')
  })
})

describe('a server', () => {
  const environment = soundEnvironment({ backup: { ...s3, archive: { recipients: [ageRecipients.one] } } })

  test('has the key that may only append to the log of deletions, and none with which it could read or delete backups', () => {
    expect(secretsOf(serverOf(environment))).toContain('deletion-log-credentials')
    expect(secretsOf(serverOf(environment)).filter((secret) => secret.startsWith('backup-'))).toEqual([])
    expect(variables(serverOf(environment)).BACKUP_ACCESS_KEY_ID_FILE).toBe(
      '/run/secrets/deletion-log-credentials/access-key-id',
    )
    expect(serverOf(environment).serviceAccountName).not.toBe(podOf(environment, 'backup').serviceAccountName)
  })

  test('has no key with a workload identity', () => {
    const withIdentity = soundEnvironment({ backup: { ...s3, credentials: 'workload-identity' } })
    for (const pod of [serverOf(withIdentity), podOf(withIdentity, 'backup'), podOf(withIdentity, 'drill')])
      expect(Object.keys(variables(pod)).filter((name) => name.startsWith('BACKUP_'))).toEqual([])
  })
})

test('only the drill mounts the identity that decrypts backups', () => {
  const environment = soundEnvironment({ backup: { ...s3, archive: { recipients: [ageRecipients.one] } } })
  expect(variables(podOf(environment, 'drill')).BACKUP_IDENTITY_FILE).toBe('/run/secrets/backup-keys/identity')
  expect(secretsOf(podOf(environment, 'backup'))).not.toContain('backup-keys')
})

describe('the scratch database of a drill', () => {
  const scratch = (environment: ReturnType<typeof soundEnvironment>) =>
    podOf(environment, 'drill').initContainers?.find(({ name }) => name === 'scratch')

  test('is a sidecar that only its own pod can reach', () => {
    const environment = soundEnvironment({ backup: s3 })
    expect(scratch(environment)).toMatchObject({ restartPolicy: 'Always', startupProbe: expect.any(Object) })
    expect(scratch(environment)?.args).toContain('listen_addresses=127.0.0.1')
    expect(scratch(environment)).not.toHaveProperty('ports')
    expect(new URL(variables(podOf(environment, 'drill')).DRILL_DATABASE_URL ?? '').hostname).toBe('127.0.0.1')
  })

  test.each<EnvironmentInput['postgres']>([cnpg, { kind: 'standalone', maxConnections: 1000 }, external])(
    'has pgvector with postgres.kind $kind, because a backup may have vectors',
    (postgres) => {
      expect(scratch(soundEnvironment({ postgres, backup: s3 }))?.image).toMatch(
        /^docker\.io\/pgvector\/pgvector:[\d.]+-pg18-trixie@sha256:[0-9a-f]{64}$/,
      )
    },
  )

  test('sees no secret', () => {
    const environment = soundEnvironment({ backup: s3 })
    const mounts = scratch(environment)?.volumeMounts?.map(({ mountPath }) => mountPath) ?? []
    expect(mounts.filter((path) => path.startsWith('/run/secrets'))).toEqual([])
  })

  test.each<[string, Partial<EnvironmentInput>, { size: string; class?: string }]>([
    ['as large as that of the database', { postgres: cnpg, backup: s3 }, { size: '50Gi' }],
    ['20Gi with an external database', { postgres: external, backup: s3 }, { size: '20Gi' }],
    [
      'as large as configured',
      { postgres: cnpg, backup: { ...s3, drill: { storage: { size: '80Gi', class: 'fast' } } } },
      { size: '80Gi', class: 'fast' },
    ],
  ])('has a volume that is %s and that is deleted with the pod', (_size, change, { size, class: storageClass }) => {
    const volume = podOf(soundEnvironment(change), 'drill').volumes?.find(({ ephemeral }) => ephemeral)
    expect(volume?.ephemeral?.volumeClaimTemplate?.spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      ...(storageClass && { storageClassName: storageClass }),
    })
  })
})

const withBackups = shapes.filter(({ environment }) => environment.backup.kind === 's3')

test.each(withBackups)('the program accepts the variables of a backup and of a drill with $said', ({ environment }) => {
  const settings = rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data') as Record<string, string>
  const contents = (file: string): string => (file.endsWith('url') ? 'postgresql://role:password@db/agents' : 'secret')
  for (const name of ['backup', 'drill'] as const) {
    const parsed = parseContainerVariables({ ...settings, ...variables(podOf(environment, name)) }, contents)
    expect(parsed.BACKUP_TARGET).toBe(`s3://backups/${environment.name}/archive`)
    expect(parsed.BACKUP_ACCESS_KEY_ID === undefined).toBe(parsed.BACKUP_SECRET_ACCESS_KEY === undefined)
    if (name === 'drill') expect(parsed.BACKUP_IDENTITY !== undefined).toBe(parsed.BACKUP_RECIPIENTS.length > 0)
  }
})
