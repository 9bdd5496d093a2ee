import { expect, test } from 'vitest'
import type { Subject } from '../checklist-item.ts'
import { changed, soundSubject } from '../fixtures/sound-subject.ts'
import { tracing } from './tracing.ts'

const problems = (subject: Subject): string[] => tracing.answer(subject).missing.map(({ problem }) => problem)
const settings = 'deep-agents-settings'

test.for([
  [
    'the server has no LangSmith',
    soundSubject({ agents: (agents) => ({ ...agents, server: { ...agents.server, langsmithTracing: false } }) }),
    "The server can't yet trace to LangSmith.",
  ],
  [
    'traces should go to another address',
    soundSubject({
      environment: { tracing: { kind: 'langsmith', project: 'a', endpoint: 'https://traces.example.com' } },
    }),
    'tracing.endpoint = "https://traces.example.com" has no effect: the agent pods don\'t get LANGSMITH_ENDPOINT.',
  ],
  [
    'it does not reach the pods',
    soundSubject({ objects: changed('ConfigMap', settings, ['data', 'LANGSMITH_TRACING'], 'false') }),
    'Not every agent pod gets LANGSMITH_TRACING=true.',
  ],
] as const)('tracing is missing where %s', ([, subject, sentence]) => {
  expect(problems(subject)).toEqual([sentence])
})

test('tracing by LangSmith names its project', () => {
  expect(tracing.answer(soundSubject()).evidence.map(({ says }) => says)).toContain(
    'Traces go to LangSmith, project "sound"',
  )
})
