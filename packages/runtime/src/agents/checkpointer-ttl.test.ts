import { expect, test } from 'vitest'
import { parseLanggraphJson } from './langgraph-json.ts'

const problemsOf = (checkpointer: unknown): readonly string[] =>
  parseLanggraphJson('langgraph.json', JSON.stringify({ graphs: { echo: './echo.ts:graph' }, checkpointer })).problems

test.each([
  [undefined],
  [null],
  [{}],
  [{ ttl: null }],
  [{ ttl: { strategy: 'keep_latest', default_ttl: 43_200, sweep_interval_minutes: 10, sweep_limit: 500 } }],
  [{ ttl: { strategy: null, default_ttl: 0.5 } }],
])('accepts checkpointer %j of a langgraph.json', (checkpointer) => {
  expect(problemsOf(checkpointer)).toEqual([])
})

test.each([
  [true, '"checkpointer" is true'],
  [{ ttl: 30 }, 'checkpointer.ttl is 30: must be an object'],
  [{ ttl: { strategy: 'archive' } }, 'checkpointer.ttl.strategy is "archive": must be "delete" or "keep_latest"'],
  [{ ttl: { default_ttl: '30' } }, 'checkpointer.ttl.default_ttl is "30": must be a number of minutes'],
  [{ ttl: { default_ttl: 0 } }, 'checkpointer.ttl.default_ttl is 0: must be above 0'],
  [{ ttl: { sweep_interval_minutes: -1 } }, 'checkpointer.ttl.sweep_interval_minutes is -1: must be above 0'],
  [{ ttl: { defaultttl: 5 } }, 'checkpointer.ttl has the unknown field "defaultttl". Did you mean "default_ttl"?'],
  [{ ttl: { refresh: 5 } }, 'The fields are strategy, default_ttl, sweep_interval_minutes, sweep_limit.'],
])('rejects checkpointer %j of a langgraph.json', (checkpointer, problem) => {
  expect(problemsOf(checkpointer)).toEqual([expect.stringContaining(problem)])
})
