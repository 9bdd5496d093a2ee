import { setTimeout as pause } from 'node:timers/promises'
import { AIMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { createAgent, fakeModel } from 'langchain'
import { describe, expect, test } from 'vitest'
import type { Limiter } from './rate-limit/limiter.ts'
import { createLimiterAhead } from './rate-limit/limiter-ahead.ts'
import { createLimiterWithSpare } from './rate-limit/limiter-with-spare.ts'
import { createLocalLimiter } from './rate-limit/local-limiter.ts'
import { createRateLimitMiddleware } from './rate-limit.ts'

const second = 1_000_000
const bucket = (name: string, perMinute = 60, burst = 3) => ({ name, perMinute, burst })

/** A local limiter with a clock that the test controls. */
function clocked(options: { share?: number; mostBuckets?: number } = {}) {
  let at = 0
  const limiter = createLocalLimiter({ ...options, now: () => at })
  const take = async (...buckets: ReturnType<typeof bucket>[]) => limiter.take('acme', buckets)
  return { limiter, take, wait: (seconds: number) => (at += seconds * second) }
}

describe('a limiter ahead of another one', () => {
  /** A limiter whose answers the test delivers. */
  function slow(limiter: Limiter) {
    const waiting: (() => void)[] = []
    const held: Limiter = {
      async take(tenant, buckets) {
        const decision = await limiter.take(tenant, buckets)
        await new Promise<void>((resolve) => waiting.push(resolve))
        return decision
      },
    }
    const answered = async (): Promise<void> => {
      await expect.poll(() => waiting.length).toBeGreaterThan(0)
      for (const answer of waiting.splice(0)) answer()
      await pause(0)
    }
    return { held, waiting, answered }
  }

  test('admits calls at once while tokens are left, and waits for the other limiter afterwards', async () => {
    const { limiter, wait } = clocked()
    const { held, waiting, answered } = slow(limiter)
    const ahead = createLimiterAhead(held)
    const take = () => ahead.take('acme', [bucket('run', 60, 3)])
    const first = take()
    await answered()
    expect(await first).toMatchObject({ admitted: true, remaining: 2 })
    // No answer of the other limiter arrives here.
    expect(await take()).toMatchObject({ admitted: true, remaining: 1 })
    expect(await take()).toMatchObject({ admitted: true, remaining: 0 })
    const fourth = take()
    await expect.poll(() => waiting.length).toBe(3)
    await answered()
    expect(await fourth).toMatchObject({ admitted: false, retryAfterMs: 1_000 })
    wait(2)
    const fifth = take()
    await answered()
    expect(await fifth).toMatchObject({ admitted: true, remaining: 1 })
  })

  test('counts takes that are pending at the same time', async () => {
    const { limiter } = clocked()
    const { held, waiting, answered } = slow(limiter)
    const ahead = createLimiterAhead(held)
    const take = () => ahead.take('acme', [bucket('run', 60, 3)])
    const both = [take(), take()]
    await expect.poll(() => waiting.length).toBe(2)
    waiting.shift()?.()
    expect((await both[0])?.admitted).toBe(true)
    // The second take is not answered yet, so one token is certainly left.
    expect(await take()).toMatchObject({ admitted: true, remaining: 0 })
    const last = take()
    await expect.poll(() => waiting.length).toBe(3)
    await answered()
    expect((await last).admitted).toBe(false)
  })

  test('asks the other limiter again after its failure', async () => {
    const { limiter } = clocked()
    let fails = false
    const ahead = createLimiterAhead({
      take: (...asked) => (fails ? Promise.reject(new Error('away')) : limiter.take(...asked)),
    })
    const take = () => ahead.take('acme', [bucket('run', 60, 10)])
    await take()
    fails = true
    expect((await take()).admitted).toBe(true)
    await pause(0)
    await expect(take()).rejects.toThrow('away')
    fails = false
    expect((await take()).admitted).toBe(true)
  })
})

describe('a local bucket', () => {
  test('gives its burst at once, then one token per step, and returns the time until the next token', async () => {
    const { take, wait } = clocked()
    const admitted = []
    for (let i = 0; i < 4; i++) admitted.push(await take(bucket('a')))
    expect(admitted.map((decision) => [decision.admitted, decision.remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ])
    expect(admitted[3]).toMatchObject({ limit: 3, retryAfterMs: 1_000, resetMs: 3_000, by: 'local' })
    wait(0.9)
    expect((await take(bucket('a'))).admitted).toBe(false)
    wait(0.1)
    expect((await take(bucket('a'))).admitted).toBe(true)
    expect((await take(bucket('a'))).admitted).toBe(false)
    // It never contains more than its burst.
    wait(1_000)
    expect((await take(bucket('a'))).remaining).toBe(2)
  })

  test('gives at most its rate per minute, also if the rate does not divide a minute', async () => {
    const { take, wait } = clocked()
    await take(bucket('a', 7, 1))
    // A seventh of a minute is slightly more than 8.571428 s.
    wait(8.571_428)
    expect((await take(bucket('a', 7, 1))).admitted).toBe(false)
    wait(0.000_001)
    expect((await take(bucket('a', 7, 1))).admitted).toBe(true)
  })

  test('takes a token from all buckets or from none', async () => {
    const { take } = clocked()
    for (let i = 0; i < 3; i++) await take(bucket('narrow'))
    for (let i = 0; i < 5; i++) expect((await take(bucket('wide', 60, 10), bucket('narrow'))).admitted).toBe(false)
    expect((await take(bucket('wide', 60, 10))).remaining).toBe(9)
  })

  test('gives each tenant its own bucket', async () => {
    const { limiter } = clocked()
    for (let i = 0; i < 3; i++) await limiter.take('acme', [bucket('a')])
    expect((await limiter.take('acme', [bucket('a')])).admitted).toBe(false)
    expect((await limiter.take('acme2', [bucket('a')])).admitted).toBe(true)
  })

  test('gives only its share of the rate and the burst', async () => {
    const { take, wait } = clocked({ share: 0.25 })
    const decisions = []
    for (let i = 0; i < 20; i++) decisions.push((await take(bucket('a', 60, 20))).admitted)
    expect(decisions.filter(Boolean)).toHaveLength(5)
    wait(3.9)
    expect((await take(bucket('a', 60, 20))).admitted).toBe(false)
    wait(0.1)
    expect((await take(bucket('a', 60, 20))).admitted).toBe(true)
  })

  test('removes the oldest buckets beyond the maximum number', async () => {
    const { take } = clocked({ mostBuckets: 2 })
    for (const name of ['a', 'a', 'a', 'b', 'c']) await take(bucket(name))
    expect((await take(bucket('a'))).remaining).toBe(2)
  })

  test('never gives more than its burst and the refilled tokens, for any sequence of calls', async () => {
    const asks = fc.array(fc.integer({ min: 0, max: 5 * second }), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(
        asks,
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 20 }),
        async (gaps, rate, burst) => {
          let at = 0
          let admitted = 0
          const limiter = createLocalLimiter({ now: () => at })
          for (const gap of gaps) {
            at += gap
            if ((await limiter.take('acme', [bucket('a', rate, burst)])).admitted) admitted += 1
            expect(admitted).toBeLessThanOrEqual(burst + Math.floor((at * rate) / (60 * second)))
          }
        },
      ),
    )
  })
})

test('the spare limiter decides if the first one fails', async () => {
  const failing: Limiter = { take: () => Promise.reject(new Error('Redis is unavailable')) }
  const { limiter } = clocked()
  expect(await createLimiterWithSpare(failing, limiter).take('acme', [bucket('a')])).toMatchObject({
    admitted: true,
    by: 'local',
  })
})

describe('model calls', () => {
  const agentWith = (limiter: Limiter, options: { waitMs?: number } = {}) => {
    const decisions: boolean[] = []
    const middleware = createRateLimitMiddleware({
      limiter,
      buckets: () => [bucket('model', 6_000, 1)],
      onDecision: ({ admitted }) => decisions.push(admitted),
      ...options,
    })
    const model = fakeModel().respond(new AIMessage('one')).respond(new AIMessage('two'))
    return { agent: createAgent({ model, middleware: [middleware] }), decisions }
  }
  const question = { messages: [{ role: 'user', content: 'a question' }] }

  test('wait until the bucket has a token', async () => {
    const { agent, decisions } = agentWith(createLocalLimiter())
    await agent.invoke(question)
    expect((await agent.invoke(question)).messages.at(-1)?.text).toBe('two')
    expect(decisions.at(-1)).toBe(true)
  })

  test('fail with an error if the wait is too long', async () => {
    const { agent } = agentWith(clocked().limiter, { waitMs: 5 })
    await agent.invoke(question)
    await expect(agent.invoke(question)).rejects.toThrow(
      'Model calls exceed the rate limit: the next call is allowed in 1 s, and the maximum wait is 0.005 s.',
    )
  })

  test('stop waiting when their run is cancelled', async () => {
    let asked = 0
    const never: Limiter = {
      async take() {
        asked += 1
        return { admitted: false, limit: 1, remaining: 0, retryAfterMs: 10, resetMs: 10, by: 'local' }
      },
    }
    const { agent } = agentWith(never)
    const controller = new AbortController()
    const waiting = agent.invoke(question, { signal: controller.signal })
    while (asked < 3) await pause(5)
    controller.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow()
    const before = asked
    await pause(50)
    expect(asked).toBe(before)
  })
})
