import { expect, test } from 'vitest'
import { soundSubject } from './fixtures/sound-subject.ts'
import { checkReport } from './report.ts'
import { reportTable } from './report-table.ts'

const none = { missing: [], stale: [], changed: [] }
const plain = (_style: string, text: string): string => text

const table = (subject = soundSubject(), differences = none as Parameters<typeof checkReport>[1]): string[] =>
  reportTable(checkReport(subject, differences, []), plain)

test('the table starts with the totals, then lists each item with its evidence, within 120 columns', () => {
  const lines = table()
  expect(lines[0]).toBe('sound: 8 of 8 required, 7 of 7 recommended, 4 of 4 documents')
  const start = lines.indexOf('  holds    Backup schedule             A backup at "45 3 * * *" (UTC)')
  expect(lines[start + 1]).toMatch(/^ {41}manifests\/agent\/CronJob\.deep-agents-backup\.yaml:\d+$/)
  expect(lines.filter((line) => line.length > 120)).toEqual([])
})

test('a missing item shows the problem, its place and the fix', () => {
  const lines = table(soundSubject({ environment: { tracing: { kind: 'none' } } }))
  const start = lines.findIndex((line) => line.includes('Tracing'))
  expect(lines.slice(start, start + 4)).toEqual([
    '  missing  Tracing                     tracing.kind is "none".',
    '                                         config.ts:3',
    "                                       → Set tracing to { kind: 'otlp', endpoint: … } for a collector of OpenTelemetry,",
    "                                         or to { kind: 'langsmith', project: … } and store its key in",
  ])
})

test('manifests that differ from the rendered ones come first', () => {
  const changed = Array.from({ length: 7 }, (_, index) => `environments/sound/manifests/agent/Service.${index}.yaml`)
  const lines = table(soundSubject(), { ...none, changed })
  expect(lines[0]).toContain('environments/sound/manifests differs from the rendered manifests')
  expect(lines[1]).toBe('  changed  environments/sound/manifests/agent/Service.0.yaml')
  expect(lines[6]).toBe('  and 2 more')
  expect(lines[7]).toBe('Run "npx hadal render sound", review the changes and commit them.')
  expect(checkReport(soundSubject(), { ...none, changed }, []).holds).toBe(false)
})

test('the table says that no image was released', () => {
  const image = { repository: 'registry.example.com/a', digest: `sha256:${'0'.repeat(64)}` }
  const subject = soundSubject({ environment: { release: { image } } })
  expect(table(subject).slice(1, 4).join(' ')).toContain(
    'No release yet: the digest in environments/sound/release.json:4 is all zeros, so no agent pod can start. Run "npx hadal release pin <registry/path:tag> --environment sound".',
  )
  expect(checkReport(subject, none, []).holds).toBe(false)
})

test('long words stay within 120 columns', () => {
  const model = `anthropic:${'m'.repeat(60)}`
  const routing = { simple: model, standard: model, complex: model }
  const environment = { models: { providers: { anthropic: {} }, default: model, routing } }
  const agents = soundSubject().agents
  const lines = table(
    soundSubject({ environment, agents: () => ({ ...agents, server: { ...agents.server, modelRouting: false } }) }),
  )
  expect(lines.filter((line) => line.length > 120)).toEqual([])
})

test('an operator that is not pinned is named with the command, and the environment does not hold', () => {
  const report = checkReport(soundSubject(), none, [
    { name: 'keda', version: '2.21.0', command: 'npx hadal operators pin keda' },
  ])
  expect(report.holds).toBe(false)
  expect(reportTable(report, plain)).toContain(
    `keda 2.21.0 is not pinned, so this environment's stack can't install it. Run "npx hadal operators pin keda".`,
  )
})

test('an environment for development holds with standalone services, because nothing in its report asks for a change', () => {
  const environment = {
    protected: false,
    development: true,
    backup: { kind: 'none' },
    postgres: { kind: 'standalone', maxConnections: 2000 },
    redis: { kind: 'standalone' },
  } as const
  const report = checkReport(soundSubject({ environment }), none, [])
  expect(report.items.filter(({ group, holds }) => group === 'required' && !holds)).toEqual([])
  expect(report.holds).toBe(true)
})
