import { expect, test } from 'vitest'
import { databaseClusters, servingCluster } from '../database-clusters.ts'
import { sentencesAbout, soundEnvironment, soundInput } from '../fixtures/example-environment.ts'
import { largestScaleOut } from '../largest-scale-out.ts'

const recovery = { from: 'postgres', to: '2025-01-31T10:15:00Z', name: 'postgres-2' }
const backup = { kind: 's3', bucket: 'backups' } as const
const cnpg = (fields: object) => ({
  ...soundInput,
  backup,
  postgres: { kind: 'cnpg', maxConnections: 2000, ...fields },
})
const about = (fields: object): string[] => sentencesAbout(cnpg(fields))

test('a recovery is valid beside the living Cluster, in its place, and after it', () => {
  const names = (fields: object) => {
    const environment = soundEnvironment(cnpg(fields) as Parameters<typeof soundEnvironment>[0])
    return [servingCluster(environment), ...databaseClusters(environment).map(({ name }) => name)]
  }
  expect(names({})).toEqual(['postgres', 'postgres'])
  expect(names({ recovery })).toEqual(['postgres', 'postgres', 'postgres-2'])
  expect(names({ recovery: { ...recovery, serves: true } })).toEqual(['postgres-2', 'postgres', 'postgres-2'])
  expect(names({ recovered: [recovery] })).toEqual(['postgres-2', 'postgres-2'])
  const second = { from: 'postgres-2', to: 'latest', name: 'postgres-3' }
  expect(names({ recovered: [recovery], recovery: second })).toEqual(['postgres-2', 'postgres-2', 'postgres-3'])
})

test('a recovery without an archive is refused', () => {
  expect(sentencesAbout({ ...cnpg({ recovery }), backup: { kind: 'none' } })).toEqual([
    'postgres.recovery: A database is recovered from an archive of its write-ahead log, and backup.kind is "none". Write backup: { kind: "s3", bucket: "…" } with the bucket of the archive.',
  ])
})

test('a name that a Cluster of the environment had is refused, since its archive would be destroyed', () => {
  const sentence = /Another Cluster has or had this name, and its archive/
  expect(about({ recovered: [recovery], recovery: { ...recovery, from: 'archive' } })).toEqual([
    expect.stringMatching(sentence),
  ])
  expect(about({ recovered: [recovery, recovery] })).toEqual([expect.stringMatching(sentence)])
  expect(about({ recovery: { ...recovery, from: 'postgres-2' } })).toEqual([
    'postgres.recovery.name = "postgres-2": The new Cluster would write to the archive that it reads. Write another name, or another from.',
  ])
})

test.each([
  'postgres',
  'other',
  'redis',
  'postgres-pooler',
  'postgres-pooler-2',
  'postgres-primary',
  'postgres-a-primary',
])('the name %s is refused, since other objects have it', (name) => {
  expect(about({ recovery: { ...recovery, name, from: 'archive' } }).join('\n')).toMatch(
    /postgres\.recovery\.name = .*(Must begin with "postgres-"|Another Cluster has)/,
  )
})

test.each(['yesterday', '2025-01-31', '2025-01-31T10:15:00', '2025-02-30T10:15:00Z', ''])(
  'the time %o is refused',
  (to) => {
    expect(about({ recovery: { ...recovery, to } })).toEqual([
      expect.stringMatching(/^postgres\.recovery\.to = .*: Must be a time /),
    ])
  },
)

test('other kinds of database refuse the field and say why', () => {
  const external = { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'], maxConnections: 2000 }
  expect(sentencesAbout({ ...soundInput, postgres: { ...external, recovery } })).toEqual([
    expect.stringMatching(/^postgres\.recovery = .*the provider of an external database keeps the archive/),
  ])
  const standalone = { kind: 'standalone', maxConnections: 2000 }
  for (const field of ['recovery', 'recovered'])
    expect(sentencesAbout({ ...soundInput, postgres: { ...standalone, [field]: recovery } })).toEqual([
      expect.stringMatching(/a standalone database has no archive of its write-ahead log.*hadal-runtime restore/),
    ])
})

test('a recovery needs room for a second database with its poolers, and no more connections', () => {
  const pods = (fields: object, part: string) =>
    largestScaleOut(soundEnvironment(cnpg(fields) as Parameters<typeof soundEnvironment>[0])).parts.find(
      (one) => one.part === part,
    )?.pods
  for (const part of ['database', 'pooler']) expect(pods({ recovery }, part)).toBe(2 * Number(pods({}, part)))
  const connections = { maxConnections: 300, recovery }
  expect(about(connections)).toEqual(about({ maxConnections: 300 }))
})
