import { expect, test } from 'vitest'
import { callWithFallback } from './call-with-fallback.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { ModelCallError } from './model-call-error.ts'
import { createProviderCircuits } from './model-fallback.ts'

type Outcome = string | { status: number; headers?: Record<string, string> } | Error

const identity = (name: string) => ({ name, provider: name.split(':')[0] ?? '' })

/** Creates a call with fallback models and a fake clock. @param script outcomes of each model's calls, in order; the last one repeats */
function scene(script: Readonly<Record<string, readonly Outcome[]>>, bounds = {}, random = 1) {
  let now = 0
  const asked: string[] = []
  const waits: number[] = []
  const seen: string[] = []
  const circuitOf = createProviderCircuits(() => new CircuitBreaker({ failures: 4, openMs: 1_000, now: () => now }))
  const [first = '', ...others] = Object.keys(script)
  const ask = (names: readonly [string, ...string[]] = [first, ...others], signal?: AbortSignal) =>
    callWithFallback({
      candidates: names.map((name) => ({ identity: identity(name) })) as never,
      ask: async (candidate: { identity: { name: string; provider: string } }) => {
        const { name } = candidate.identity
        const before = asked.filter((other) => other === name).length
        asked.push(name)
        const outcome = script[name]?.at(Math.min(before, (script[name]?.length ?? 1) - 1)) ?? ''
        if (typeof outcome === 'string') return outcome
        if (outcome instanceof Error) throw outcome
        throw Object.assign(new Error('said so'), { status: outcome.status, headers: new Headers(outcome.headers) })
      },
      faults: (answer: string) => (answer === 'broken' ? ['a_tool'] : []),
      circuitOf,
      signal,
      bounds: { tries: 3, firstWaitMs: 100, mostWaitMs: 5_000, withinMs: 60_000, ...bounds },
      clock: {
        now: () => now,
        random: () => random,
        sleep: async (ms) => {
          waits.push(ms)
          now += ms
        },
      },
      observer: {
        onFailure: ({ model, kind }) => seen.push(`${model.name} ${kind}`),
        onRetry: ({ model }) => seen.push(`again ${model.name}`),
        onFallback: ({ from, to }) => seen.push(`${from.name} > ${to.name}`),
      },
    })
  const pass = (ms: number): void => {
    now += ms
  }
  return { ask, asked, waits, seen, circuitOf, pass }
}

const away = { status: 503 }
const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: Error) => error.name,
  )

test('retries a temporary failure, with a longer wait each time', async () => {
  const { ask, asked, waits, seen } = scene({ 'a:1': [away, away, 'at last'] })
  expect(await ask()).toBe('at last')
  expect(asked).toHaveLength(3)
  expect(waits).toEqual([100, 200])
  expect(seen).toEqual(['a:1 unavailable', 'again a:1', 'a:1 unavailable', 'again a:1'])
})

test('callers that failed at the same time wait for different times, at least half of the full wait', async () => {
  const waits = await Promise.all(
    [0, 0.5, 1].map(async (random) => {
      const caller = scene({ 'a:1': [away, away, 'at last'] }, {}, random)
      await caller.ask()
      return caller.waits
    }),
  )
  expect(waits).toEqual([
    [50, 100],
    [75, 150],
    [100, 200],
  ])
})

test('calls the next model after the maximum number of tries', async () => {
  const { ask, asked, seen } = scene({ 'a:1': [away], 'b:1': ['instead'] })
  expect(await ask()).toBe('instead')
  expect(asked).toEqual(['a:1', 'a:1', 'a:1', 'b:1'])
  expect(seen.at(-1)).toBe('a:1 > b:1')
})

test('waits as long as the provider requires, and calls the next model if that is too long', async () => {
  const limited = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } })
  const patient = scene({ 'a:1': [limited('4'), 'thanks'], 'b:1': ['instead'] })
  expect(await patient.ask()).toBe('thanks')
  expect(patient.waits).toEqual([4_000])
  const impatient = scene({ 'a:1': [limited('6')], 'b:1': ['instead'] })
  expect(await impatient.ask()).toBe('instead')
  expect(impatient.asked).toEqual(['a:1', 'b:1'])
})

test('starts no try after the time limit for all tries', async () => {
  const { ask, asked } = scene({ 'a:1': [{ status: 429, headers: { 'retry-after': '4' } }] }, { withinMs: 5_000 })
  expect(await code(ask())).toBe('ModelRateLimited')
  expect(asked).toHaveLength(2)
})

test.each([400, 413, 422])('does not send a refused request (%i) to another model', async (status) => {
  const { ask, asked } = scene({ 'a:1': [{ status }], 'b:1': ['instead'] })
  expect(await code(ask())).toBe('ModelRequestRefused')
  expect(asked).toEqual(['a:1'])
})

test.each([401, 402, 403])(
  'calls no other model of the provider after its key was refused or is exhausted (%i)',
  async (status) => {
    const { ask, asked } = scene({ 'a:1': [{ status }], 'a:2': ['never'], 'b:1': ['instead'] })
    expect(await ask()).toBe('instead')
    expect(asked).toEqual(['a:1', 'b:1'])
  },
)

test('a missing model does not open the circuit of its provider', async () => {
  const { ask, asked, circuitOf } = scene({ 'a:1': [{ status: 404 }], 'a:2': ['another'] })
  for (let run = 0; run < 5; run += 1) expect(await ask()).toBe('another')
  expect(circuitOf('a').state).toBe('closed')
  expect(asked).toHaveLength(10)
})

test('requests an answer with an invalid tool call once more, and then from another model', async () => {
  const once = scene({ 'a:1': ['broken', 'whole'] })
  expect(await once.ask()).toBe('whole')
  expect(once.waits).toEqual([0])
  const always = scene({ 'a:1': ['broken'], 'b:1': ['whole'] })
  expect(await always.ask()).toBe('whole')
  expect(always.asked).toEqual(['a:1', 'a:1', 'b:1'])
  expect(await code(scene({ 'a:1': ['broken'] }).ask())).toBe('ModelAnswerMalformed')
})

test('skips a provider whose circuit is open, and tries it again when the circuit is half-open', async () => {
  const { ask, asked, circuitOf, pass } = scene({ 'a:1': [away, away, away, away, 'back'], 'b:1': ['instead'] })
  await ask()
  await ask()
  expect(circuitOf('a').state).toBe('open')
  expect(asked.filter((name) => name === 'a:1')).toHaveLength(4)
  expect(await ask()).toBe('instead')
  expect(asked.filter((name) => name === 'a:1')).toHaveLength(4)
  pass(1_000)
  expect(await ask()).toBe('back')
  expect(circuitOf('a').state).toBe('closed')
})

test('calls a skipped provider once if no other model answers', async () => {
  const { ask, asked } = scene({ 'a:1': [away, away, away, away, 'back'] })
  await code(ask())
  await code(ask())
  expect(asked).toHaveLength(4)
  expect(await ask()).toBe('back')
  expect(asked).toHaveLength(5)
})

test('a stopped call releases the one try of a half-open circuit', async () => {
  const stop = Object.assign(new Error('stopped'), { name: 'AbortError' })
  const { ask, circuitOf, pass } = scene({ 'a:1': [away, away, away, away, stop, 'back'], 'b:1': ['instead'] })
  await ask()
  await ask()
  pass(1_000)
  expect(await code(ask())).toBe('AbortError')
  expect(circuitOf('a').state).toBe('half-open')
  expect(await ask()).toBe('back')
})

test('throws an error that is not a failure of a provider unchanged and at once', async () => {
  const bug = new RangeError('a bug')
  const { ask, asked } = scene({ 'a:1': [bug], 'b:1': ['instead'] })
  await expect(ask()).rejects.toBe(bug)
  expect(asked).toEqual(['a:1'])
})

test('does not retry a call whose run was stopped', async () => {
  const { ask, asked } = scene({ 'a:1': [away] })
  expect(await code(ask(['a:1'], AbortSignal.abort()))).toBe('Error')
  expect(asked).toHaveLength(1)
})

test('the error has the reason of each model, the code of the first failure, and no part of a key', async () => {
  const { ask } = scene({ 'a:1': [{ status: 401 }], 'b:1': [away] })
  const error = await ask().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ModelCallError)
  expect(error).toMatchObject({
    name: 'ModelCredentialsRefused',
    message:
      "No model answered. a:1: credentials (401); b:1: unavailable (said so) in 3 tries. Replace the provider's key.",
  })
})
