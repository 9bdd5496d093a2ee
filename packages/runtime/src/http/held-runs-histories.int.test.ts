import type { Client } from '@langchain/langgraph-sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { type EffectsFile, effectsFiles } from '../fixtures/effects-file.ts'
import { answerAll, askWhile, atRest, work } from '../fixtures/held-thread.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const first = useTestServer(database)
const replicas = [first, useTestServer(database)]
const effects = effectsFiles()

/** A run of the model: the line that it leaves, and whether it then asks for an approval of a payment of its number. */
interface ModelRun {
  readonly number: number
  readonly asks: boolean
}

/** State of the model of a thread at rest. */
interface Model {
  /** Numbers of the payments whose question waits. */
  question: number | undefined
  /** Runs that wait for the answer, in their order. */
  held: ModelRun[]
  /** Lines that the runs have left, in order. */
  lines: string[]
}

/** Lets runs start in their order, until one of them asks: those behind it are held. */
function proceed(model: Model, runs: readonly ModelRun[]): void {
  model.held = [...runs]
  while (model.question === undefined && model.held.length > 0) {
    const run = model.held.shift()
    if (!run) return
    model.lines.push(`run ${run.number}`)
    if (run.asks) model.question = run.number
  }
}

interface Step {
  readonly kind: 'turn' | 'approve' | 'reject' | 'later' | 'interrupt' | 'refused' | 'cancel' | 'write' | 'repeat'
  /** Whether each of the runs that the step submits asks for an approval. */
  readonly runs: readonly boolean[]
}
const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'turn',
    'turn',
    'approve',
    'approve',
    'reject',
    'later',
    'interrupt',
    'refused',
    'cancel',
    'write',
    'repeat',
  ),
  runs: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
})

/** A thread and its model, with the ids of the model's runs. */
class History {
  readonly model: Model = { question: undefined, held: [], lines: [] }
  readonly #ids = new Map<number, string>()
  readonly #threadId: string
  readonly #file: EffectsFile
  #requests = 0

  constructor(threadId: string, file: EffectsFile) {
    this.#threadId = threadId
    this.#file = file
  }

  /** Client of the next replica. */
  get #client(): Client {
    this.#requests += 1
    const server = replicas[this.#requests % replicas.length]
    if (!server) throw new Error('There is no replica.')
    return server().client
  }

  async #submit(asks: boolean, payload: object = {}): Promise<ModelRun> {
    const number = this.#ids.size + 1
    this.#ids.set(number, '')
    const input = work(this.#file, `run ${number}`, asks ? number : undefined)
    const { run_id } = await this.#client.runs.create(this.#threadId, 'guarded', { input, ...payload })
    this.#ids.set(number, run_id)
    return { number, asks }
  }

  /** Does one step, if the thread's state allows it, and checks the thread against the model. */
  async step({ kind, runs }: Step): Promise<void> {
    const { model } = this
    const [asks = false] = runs
    if (model.question === undefined) await this.#turn(runs)
    else if (kind === 'approve' || kind === 'reject') await this.#answer(kind)
    else if (kind === 'later') await this.#later(asks)
    else if (kind === 'interrupt') {
      const run = await this.#submit(asks, { multitaskStrategy: 'interrupt' })
      model.question = undefined
      proceed(model, [run, ...model.held])
    } else if (kind === 'cancel') await this.#cancelOne()
    else if (kind === 'write') {
      await this.#client.threads.updateState(this.#threadId, { values: { messages: [] }, asNode: 'model_request' })
      model.question = undefined
      proceed(model, model.held)
    } else if (kind === 'repeat') {
      const { run_id } = await this.#client.runs.create(this.#threadId, 'guarded', { input: null })
      await this.#client.runs.join(this.#threadId, run_id)
    } else {
      const refused = this.#client.runs.create(this.#threadId, 'guarded', { input: null, multitaskStrategy: 'reject' })
      await expect(refused).rejects.toThrow('409')
    }
    await this.check()
  }

  /** A run that asks, and the other runs while it is under way. */
  async #turn(runs: readonly boolean[]): Promise<void> {
    const number = this.#ids.size + 1
    this.#ids.set(number, '')
    const { submitted } = await askWhile(this.#client, this.#file, this.#threadId, `run ${number}`, async () => {
      const waiting: ModelRun[] = []
      for (const asks of runs) waiting.push(await this.#submit(asks))
      return waiting
    })
    this.model.lines.push(`run ${number}`)
    this.model.question = 0
    this.model.held = submitted
  }

  async #answer(kind: 'approve' | 'reject'): Promise<void> {
    const { model } = this
    await answerAll(this.#client, this.#threadId, kind)
    if (kind === 'approve') model.lines.push(`paid ${model.question}`)
    model.question = undefined
    proceed(model, model.held)
  }

  async #later(asks: boolean): Promise<void> {
    const { model } = this
    const run = await this.#submit(asks)
    model.question = undefined
    proceed(model, [...model.held, run])
  }

  async #cancelOne(): Promise<void> {
    const cancelled = this.model.held.pop()
    if (!cancelled) return
    await this.#client.runs.cancel(this.#threadId, this.#ids.get(cancelled.number) ?? '', true)
  }

  async check(): Promise<void> {
    const { model } = this
    const status = await atRest(this.#client, this.#threadId)
    const pending = await this.#client.runs.list(this.#threadId, { status: 'pending', limit: 100 })
    const questions = await askedQuestions(this.#client, this.#threadId)
    expect({
      status,
      lines: this.#file.lines(),
      pending: pending.map(({ run_id }) => run_id).toReversed(),
      asked: questions.map(({ args }) => args.amount),
    }).toEqual({
      status: model.question === undefined ? 'idle' : 'interrupted',
      lines: model.lines,
      pending: model.held.map(({ number }) => this.#ids.get(number)),
      asked: model.question === undefined ? [] : [model.question],
    })
  }

  async end(): Promise<void> {
    for (let left = 10; left > 0 && this.model.question !== undefined; left -= 1) {
      await this.#answer('approve')
      await this.check()
    }
  }
}

test('random histories on two replicas hold runs, start them and end as a model of the rule does', async () => {
  const histories = fc.array(steps, { minLength: 3, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(histories, async (list) => {
      const { thread_id } = await first().client.threads.create()
      const history = new History(thread_id, effects())
      for (const step of list) await history.step(step)
      await history.end()
    }),
    { numRuns: 6, seed: 1_405, endOnFailure: true },
  )
}, 300_000)
