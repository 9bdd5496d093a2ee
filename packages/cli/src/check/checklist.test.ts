import type { AgentsDescription } from '@hadal/platform/agents-description'
import { describe, expect, test } from 'vitest'
import { checklist } from './checklist.ts'
import type { Answer, Subject } from './checklist-item.ts'
import { alsoBroken, broken, withoutCapability } from './fixtures/broken-subjects.ts'
import { soundSubject } from './fixtures/sound-subject.ts'
import { incidentResponse } from './items/incident-response.ts'

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
      'access.kind is "open": every client that reaches the API may answer, and no answer names a person.',
      'Graph "writer": write_file under /notes/ needs no approval: opted out in code.',
    ])
  })

  test('notes backups that are not encrypted if the environment is not protected', () => {
    const backup = { kind: 's3', bucket: 'backups' } as const
    const answer = answers(soundSubject({ environment: { protected: false, backup } })).get('backup-schedule')
    expect(answer?.missing).toEqual([])
    expect(answer?.notes).toEqual([expect.stringMatching(/^backup\.archive\.recipients is empty/)])
  })

  test('notes that recipients do not encrypt the archive of CloudNativePG', () => {
    expect(answers(soundSubject()).get('backup-schedule')?.notes).toEqual([
      expect.stringMatching(/base backups and the write-ahead log of CloudNativePG/),
    ])
  })

  test('accepts plain keys if the environment is not protected', () => {
    const subject = soundSubject({ environment: { protected: false }, agents: withoutCapability('keyEncryption') })
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
