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
    "The server can't yet send traces to LangSmith.",
  ],
  [
    'the pods lack the address of LangSmith',
    soundSubject({
      environment: { tracing: { kind: 'langsmith', project: 'a', endpoint: 'https://traces.example.com' } },
      objects: changed('ConfigMap', settings, ['data', 'LANGSMITH_ENDPOINT'], undefined),
    }),
    'tracing.endpoint = "https://traces.example.com" has no effect: the agent pods don\'t get LANGSMITH_ENDPOINT.',
  ],
  [
    'the server has no OpenTelemetry',
    soundSubject({
      environment: { tracing: { kind: 'otlp', endpoint: 'https://traces.example.com' } },
      agents: (agents) => ({ ...agents, server: { ...agents.server, openTelemetryTracing: false } }),
    }),
    'The server can\'t yet send traces by OpenTelemetry. tracing.endpoint = "https://traces.example.com" has no effect.',
  ],
  [
    "the pods lack the collector's address",
    soundSubject({
      environment: { tracing: { kind: 'otlp', endpoint: 'https://traces.example.com' } },
      objects: changed('ConfigMap', settings, ['data', 'OTEL_EXPORTER_OTLP_ENDPOINT'], undefined),
    }),
    'Not every agent pod gets OTEL_EXPORTER_OTLP_ENDPOINT.',
  ],
  [
    'the pods do not enable tracing',
    soundSubject({ objects: changed('ConfigMap', settings, ['data', 'LANGSMITH_TRACING'], 'false') }),
    'Not every agent pod gets LANGSMITH_TRACING=true.',
  ],
] as const)('tracing is missing if %s', ([, subject, sentence]) => {
  expect(problems(subject)).toEqual([sentence])
})

test('the evidence of LangSmith names the project', () => {
  expect(tracing.answer(soundSubject()).evidence.map(({ says }) => says)).toContain(
    'Traces go to LangSmith, project "sound"',
  )
})

test('the evidence of OpenTelemetry names the collector', () => {
  const subject = soundSubject({ environment: { tracing: { kind: 'otlp', endpoint: 'https://traces.example.com' } } })
  expect(problems(subject)).toEqual([])
  expect(tracing.answer(subject).evidence.map(({ says }) => says)).toContain('Traces go to https://traces.example.com')
})
