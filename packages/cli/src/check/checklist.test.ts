import type { AgentsDescription, ApprovalRule, ServerCapability } from '@hadal/platform/agents-description'
import { describe, expect, test } from 'vitest'
import { checklist } from './checklist.ts'
import type { Answer, Subject } from './checklist-item.ts'
import { changed, soundSubject, without } from './fixtures/sound-subject.ts'
import { incidentResponse } from './items/incident-response.ts'

const can =
  (capability: ServerCapability) =>
  (agents: AgentsDescription): AgentsDescription => ({
    ...agents,
    server: { ...agents.server, [capability]: false },
  })
const lacks = (capability: ServerCapability): Subject => soundSubject({ agents: can(capability) })

const container = ['spec', 'template', 'spec', 'containers', 0] as const

const withSubagent =
  (approvals: readonly ApprovalRule[]) =>
  (agents: AgentsDescription): AgentsDescription => ({
    ...agents,
    graphs: agents.graphs.map((graph) =>
      graph.kind === 'hadal' ? { ...graph, subagents: [{ name: 'helper', model: 'environment', approvals }] } : graph,
    ),
  })

/** A subject whose incident page has another row about Redis, or about the outage that the row names. An empty row is removed. */
function withIncidentRow(row: string): Subject {
  const text = soundSubject().files.get('docs/incident-response.md') ?? ''
  const about = row.split('|')[1]?.trim() ?? 'Redis'
  const lines = text.split('\n').map((line) => (line.startsWith(`| ${about} |`) ? row : line))
  return soundSubject({ files: { 'docs/incident-response.md': lines.join('\n') } })
}

/** Test cases by checklist item: a subject in which only this item does not hold, and the expected problem. */
const broken: Readonly<Record<string, readonly [Subject, string]>> = {
  'postgres-checkpointer': [
    soundSubject({ objects: without('Job', 'deep-agents-migrate') }),
    'There is no Job deep-agents-migrate that runs "hadal-runtime migrate" before the rollout of the pods.',
  ],
  secrets: [
    soundSubject({ objects: without('ExternalSecret', 'encryption-keys') }),
    'Nothing creates the Secret encryption-keys (encryption-key).',
  ],
  approvals: [
    soundSubject({
      agents: (agents) => ({ ...agents, graphs: [...agents.graphs, { graph: 'plain', kind: 'other' }] }),
    }),
    'Graph "plain" was not created by defineAgent, so its tool calls need no approval.',
  ],
  'input-validation': [
    lacks('inputValidation'),
    'The server can\'t yet detect injected instructions in user messages and tool results. validation.onFinding = "block" has no effect.',
  ],
  'structured-logs': [
    lacks('structuredLogs'),
    "The server can't yet log in JSON, with the run and the thread of each line.",
  ],
  health: [
    soundSubject({
      objects: changed(
        'Deployment',
        'deep-agents-worker',
        ['spec', 'template', 'spec', 'containers', 0, 'readinessProbe', 'httpGet', 'path'],
        '/health',
      ),
    }),
    'Deployment deep-agents-worker has a readinessProbe on /health instead of /ready.',
  ],
  'rate-limiting': [
    lacks('rateLimiting'),
    "The server can't yet limit the request rate of each caller. limits.requestsPerMinute = 60 has no effect.",
  ],
  tls: [lacks('databaseTls'), "The server can't yet reject a PostgreSQL server whose certificate it can't verify."],
  tracing: [soundSubject({ environment: { tracing: { kind: 'none' } } }), 'tracing.kind is "none".'],
  prometheus: [
    soundSubject({ objects: without('PodMonitor', 'deep-agents') }),
    'No PodMonitor with the label release=prometheus selects the pods of Deployment deep-agents and one of their ports.',
  ],
  'redis-cache': [soundSubject({ environment: { cache: { enabled: false } } }), 'cache.enabled is false.'],
  autoscaling: [
    soundSubject({ objects: without('HorizontalPodAutoscaler', 'deep-agents-worker-hpa') }),
    'No autoscaler scales Deployment deep-agents-worker, although agent.worker.autoscaling.kind is "cpu".',
  ],
  'backup-schedule': [
    soundSubject({ objects: without('ScheduledBackup', 'postgres') }),
    'The database has no scheduled backup: there is no ScheduledBackup for it.',
  ],
  'model-routing': [
    soundSubject({ environment: { models: { providers: { anthropic: {} }, default: 'anthropic:a' } } }),
    'models.routing is not set, so simple requests use the same model as complex ones.',
  ],
  'token-monitoring': [
    lacks('tokenMonitoring'),
    "The server can't yet count the tokens of a thread and warn at a threshold. budgets.warnSessionTokens = 100000 has no effect.",
  ],
  'operations-runbook': [
    soundSubject({ files: { 'docs/operations.md': '# Operations\n\n## Deploy\n\n## Roll back\n\nLike this.\n' } }),
    'docs/operations.md has no text under "## Deploy".',
  ],
  'incident-response': [
    soundSubject({ files: { 'docs/runbooks/AgentAbsent.md': undefined } }),
    'Alert AgentAbsent names docs/runbooks/AgentAbsent.md, which does not exist.',
  ],
  'escalation-path': [
    soundSubject({ files: { 'docs/escalation.md': '# Escalation\n\n1. [fill in: the rotation]\n2. [Fill in]\n' } }),
    'docs/escalation.md is not filled in: 2 lines are still placeholders.',
  ],
  slo: [soundSubject({ files: { 'docs/slo.md': undefined } }), 'docs/slo.md is missing.'],
}

/** Further test cases of checklist items: other ways in which an item does not hold, each with the expected problem. */
const alsoBroken: readonly (readonly [string, string, Subject, string])[] = [
  [
    'health',
    'a suspect may use more memory than is left',
    soundSubject({
      objects: changed('Deployment', 'deep-agents-worker', [...container, 'resources', 'limits', 'memory'], '1535Mi'),
    }),
    'Deployment deep-agents-worker has a memory limit of 1535Mi, less than 768 MiB for the heap, 768 MiB for a suspect and 385 MiB in reserve.',
  ],
  [
    'health',
    'the container has no memory limit',
    soundSubject({
      objects: changed('Deployment', 'deep-agents-worker', [...container, 'resources', 'limits', 'memory'], undefined),
    }),
    'Deployment deep-agents-worker needs a memory limit, --max-old-space-size in NODE_OPTIONS, and SUSPECT_MEMORY_MEBIBYTES, or a run that exhausts the memory kills the whole container.',
  ],
  [
    'postgres-checkpointer',
    'the server has no saver',
    lacks('postgresCheckpointer'),
    "The server can't yet save checkpoints in PostgreSQL with LangGraph's own saver.",
  ],
  [
    'postgres-checkpointer',
    'the database is not rendered',
    soundSubject({ objects: without('Cluster', 'postgres') }),
    'There is no Cluster postgres, although postgres.kind is "cnpg".',
  ],
  [
    'postgres-checkpointer',
    'a Deployment is missing',
    soundSubject({ objects: without('Deployment', 'deep-agents') }),
    'There is no Deployment deep-agents for the role "api".',
  ],
  [
    'secrets',
    'the server can not read encrypted keys',
    lacks('keyEncryption'),
    "The server can't yet read the providers' keys from Fernet tokens.",
  ],
  [
    'secrets',
    'a Secret lacks a key',
    soundSubject({
      objects: changed(
        'ExternalSecret',
        'db-credentials',
        ['spec', 'target', 'template', 'data', 'password'],
        undefined,
      ),
    }),
    'ExternalSecret db-credentials does not provide password.',
  ],
  [
    'approvals',
    'clients can disable approvals',
    lacks('approvalsKept'),
    "The server can't yet prevent clients from disabling approvals.",
  ],
  [
    'approvals',
    'the environment disables approvals',
    soundSubject({ environment: { protected: false, approvals: { enabled: false } } }),
    'approvals.enabled is false.',
  ],
  [
    'approvals',
    'a subagent has no rule for a tool',
    soundSubject({ agents: withSubagent([{ tool: 'write_file', asks: 'always' }]) }),
    'Subagent "helper" of graph "writer" has no rule for edit_file, delete, execute.',
  ],
  [
    'approvals',
    'a subagent needs no approvals',
    soundSubject({
      agents: withSubagent(
        ['write_file', 'edit_file', 'delete', 'execute'].map((tool) => ({ tool, asks: 'never' as const })),
      ),
    }),
    'Subagent "helper" of graph "writer" opts out every tool, so no call needs an approval.',
  ],
  [
    'input-validation',
    'the environment disables input validation',
    soundSubject({ environment: { protected: false, validation: { enabled: false } } }),
    'validation.enabled is false.',
  ],
  [
    'health',
    'the server has no health endpoints',
    lacks('health'),
    "The server can't yet serve /health for liveness and /ready for readiness.",
  ],
  [
    'health',
    'a probe is missing',
    soundSubject({ objects: changed('Deployment', 'deep-agents', [...container, 'livenessProbe'], undefined) }),
    'Deployment deep-agents has no HTTP livenessProbe on /health.',
  ],
  [
    'health',
    'a probe uses another port',
    soundSubject({
      objects: changed('Deployment', 'deep-agents', [...container, 'livenessProbe', 'httpGet', 'port'], 'web'),
    }),
    'Deployment deep-agents has a livenessProbe on the port "web", which its container does not declare.',
  ],
  [
    'prometheus',
    'the server has no metrics',
    lacks('prometheusMetrics'),
    "The server can't yet export metrics of runs, queue and connection pool on a separate port.",
  ],
  [
    'prometheus',
    'there are no rules',
    soundSubject({ objects: without('PrometheusRule', 'deep-agents') }),
    'No PrometheusRule has an alert.',
  ],
  [
    'redis-cache',
    'the server has no cache',
    lacks('responseCache'),
    "The server can't yet cache model responses in Redis. cache.ttlSeconds = 3600 has no effect.",
  ],
  [
    'autoscaling',
    'autoscaling is off',
    soundSubject({
      environment: { agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 3 } } } },
    }),
    'agent.all.autoscaling.kind is "none": Deployment deep-agents keeps 3 pods, regardless of the load.',
  ],
  [
    'autoscaling',
    'a Deployment sets replicas too',
    soundSubject({ objects: changed('Deployment', 'deep-agents', ['spec'], { replicas: 3 }) }),
    'Deployment deep-agents sets replicas although it has an autoscaler: each sync resets the number of pods.',
  ],
  [
    'backup-schedule',
    'there is no backup',
    soundSubject({ environment: { protected: false, backup: { kind: 'none' } } }),
    'backup.kind is "none": lost data can not be restored.',
  ],
  [
    'backup-schedule',
    'no test restores a backup',
    lacks('backupRestore'),
    "The server can't yet restore a backup of the database.",
  ],
  [
    'backup-schedule',
    'no alert tells about failed backups',
    soundSubject({
      objects: (objects) =>
        objects.map((rendered) =>
          rendered.kind === 'PrometheusRule'
            ? {
                ...rendered,
                object: JSON.parse(JSON.stringify(rendered.object).replaceAll('"PostgresBackupAge"', '"Other"')),
              }
            : rendered,
        ),
    }),
    'There is no alert PostgresBackupAge.',
  ],
  [
    'incident-response',
    'the server can not do what the page says',
    lacks('redisOutage'),
    "The server can't yet finish every run without Redis.",
  ],
  [
    'incident-response',
    'the page denies what a test proves',
    withIncidentRow('| Redis | nothing: the server does not use Redis yet |'),
    'docs/incident-response.md denies what a test proves about Redis.',
  ],
  [
    'incident-response',
    'the page says that there is no fallback yet',
    withIncidentRow('| a model provider | runs fail: there is no fallback yet |'),
    'docs/incident-response.md denies what a test proves about a model provider.',
  ],
  [
    'incident-response',
    'the page does not tell about an outage',
    withIncidentRow(''),
    'docs/incident-response.md does not say what happens without Redis.',
  ],
  [
    'incident-response',
    'the page does not tell about outages',
    soundSubject({ files: { 'docs/incident-response.md': '# Incidents\n\nStay calm.\n' } }),
    'docs/incident-response.md has no section "## Effects of an outage".',
  ],
  [
    'backup-schedule',
    'backups have no destination',
    soundSubject({ objects: without('ObjectStore', 'postgres-backups') }),
    'No plugin of the Cluster names an ObjectStore, so backups have no destination.',
  ],
  [
    'model-routing',
    'the server does not route',
    lacks('modelRouting'),
    "The server can't yet choose a model by the complexity of a request. models.routing = anthropic:a, anthropic:b, anthropic:c has no effect.",
  ],
  [
    'escalation-path',
    'the page is empty',
    soundSubject({ files: { 'docs/escalation.md': '\n' } }),
    'docs/escalation.md is empty.',
  ],
  [
    'slo',
    'a burn rate without an alert',
    soundSubject({ objects: changed('PrometheusRule', 'deep-agents', ['spec', 'groups'], []) }),
    'No alert watches the burn rate over 1h and 5m, which slo.burnRates requires.',
  ],
]

function answers(subject: Subject): ReadonlyMap<string, Answer> {
  return new Map(checklist.map(({ id, answer }) => [id, answer(subject)]))
}
const missing = (subject: Subject): string[] =>
  [...answers(subject)].filter(([, answer]) => answer.missing.length > 0).map(([id]) => id)
const problems = (subject: Subject, id: string): string[] =>
  (answers(subject).get(id)?.missing ?? []).map(({ problem }) => problem)

describe('the checklist', () => {
  test('has the nineteen items of the guide', () => {
    const count = (group: string) => checklist.filter((item) => item.group === group).length
    expect([count('required'), count('recommended'), count('document')]).toEqual([8, 7, 4])
    expect(new Set(checklist.map(({ id }) => id)).size).toBe(19)
    expect(checklist.filter(({ title }) => title.length > 26)).toEqual([])
  })

  test('holds for an environment that has everything', () => {
    expect(missing(soundSubject())).toEqual([])
  })

  test('shows evidence for each item that holds, at an existing line', () => {
    const subject = soundSubject()
    const texts = new Map([
      ...subject.files,
      ...subject.objects.map(({ path, text }) => [`environments/sound/manifests/${path}`, text] as const),
    ])
    for (const [id, { evidence }] of answers(subject)) {
      expect(evidence.length, id).toBeGreaterThan(0)
      for (const { file, line } of evidence) {
        expect(texts.get(file)?.split('\n')[line - 1]?.trim(), `${id}: ${file}:${line}`).toBeTruthy()
      }
    }
  })

  test('says for every missing item what to do', () => {
    const nothing = soundSubject({
      objects: () => [],
      agents: ({ server }) => ({
        server: Object.fromEntries(Object.keys(server).map((name) => [name, false])) as typeof server,
        graphs: [],
      }),
      files: Object.fromEntries([...soundSubject().files.keys()].map((file) => [file, undefined])),
    })
    expect(missing(nothing)).toHaveLength(19)
    for (const [id, answer] of answers(nothing)) {
      for (const { problem, mend } of answer.missing) {
        expect(problem, id).toMatch(/^[A-Za-z].*\.$/)
        expect(mend, id).toMatch(/^[A-Z].*\.$/)
      }
    }
  })

  test('has a test case that breaks each item', () => {
    expect(Object.keys(broken)).toEqual(checklist.map(({ id }) => id))
  })

  test.for(Object.entries(broken))('reports the problem of a broken item: %s', ([id, [subject, sentence]]) => {
    expect(problems(subject, id)).toContain(sentence)
    expect(missing(subject)).toEqual([id])
  })

  test.for(alsoBroken)('reports the problem of a broken item: %s: %s', ([id, , subject, sentence]) => {
    expect(problems(subject, id)).toContain(sentence)
  })

  test('rejects a capability whose proving test is missing', () => {
    expect(
      problems(soundSubject({ files: { 'proof.test.ts': "test('another', () => {})" } }), 'rate-limiting'),
    ).toEqual([
      'packages/agents/agents.json says that the server can limit the request rate of each caller, but the test "the server can do it" is not in proof.test.ts.',
    ])
  })

  test('notes what the code of an agent opts out, although the item holds', () => {
    const [graph] = soundSubject().agents.graphs
    if (graph?.kind !== 'hadal') throw new Error('The sound subject has no agent.')
    const opting = { ...graph, allowedFindings: ['system-line'], stack: ['approvals'] }
    const subject = { ...soundSubject(), agents: { ...soundSubject().agents, graphs: [opting] } }
    expect(answers(subject).get('input-validation')?.notes).toEqual([
      'Graph "writer": findings of system-line are ignored: opted out in code.',
    ])
    expect(answers(subject).get('redis-cache')?.notes).toEqual([
      'Graph "writer": its responses are not cached: opted out in code.',
    ])
    expect(answers(soundSubject()).get('approvals')?.notes).toEqual([
      'Graph "writer": write_file under /notes/ needs no approval: opted out in code.',
    ])
  })

  test('accepts plain keys if the environment is not protected', () => {
    const subject = soundSubject({ environment: { protected: false }, agents: can('keyEncryption') })
    expect(problems(subject, 'secrets')).toEqual([])
    expect(answers(subject).get('secrets')?.notes[0]).toContain('may be plain text here')
  })
})

test('shows agents and subagents that name a model, because their requests are not routed', () => {
  const agents = (sound: AgentsDescription): AgentsDescription => ({
    ...sound,
    graphs: sound.graphs.map((graph) =>
      graph.kind === 'hadal'
        ? {
            ...graph,
            model: 'anthropic:b',
            subagents: graph.subagents.map((subagent) => ({ ...subagent, model: 'openai:c' })),
          }
        : graph,
    ),
  })
  const { evidence = [] } = answers(soundSubject({ agents })).get('model-routing') ?? {}
  expect(evidence.map(({ says }) => says)).toEqual(
    expect.arrayContaining([
      'Graph "writer" names anthropic:b, which is not routed',
      'Subagent "helper" of graph "writer" names openai:c, which is not routed',
    ]),
  )
})

test('a protected environment must have links to its runbooks; the report of another one names the missing URL', () => {
  const repository = { url: 'https://git.example.com/platform/hadal.git' }
  const answer = (isProtected: boolean) =>
    incidentResponse.answer(soundSubject({ environment: { repository, protected: isProtected } }))
  const problem =
    'The alerts have no link to their runbooks: the web pages of https://git.example.com/platform/hadal.git are unknown.'
  const mend = 'Set repository.browseUrl, e.g. "https://git.example.com/platform/hadal/-/blob/{revision}".'
  expect(answer(true).missing).toEqual([expect.objectContaining({ problem, mend })])
  expect(answer(false)).toMatchObject({
    missing: [],
    notes: expect.arrayContaining([`${problem} ${mend}`]),
  })
})
