import { expect, test } from 'vitest'
import { Circuit } from './circuit.ts'

const isTrouble = () => true
const fail = () => Promise.reject(new Error('no answer'))
const succeed = async () => 'answer'

/** Awaits a rejection, and gives its sentence. */
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: Error) => error.message,
  )

test('asks nothing for a while after a failure', async () => {
  const heard: boolean[] = []
  const circuit = new Circuit(60_000, (closed) => heard.push(closed))
  expect(await failure(circuit.pass(fail, isTrouble))).toBe('no answer')
  let asked = false
  const next = circuit.pass(async () => {
    asked = true
  }, isTrouble)
  expect(await failure(next)).toBe('Redis is away: it did not answer lately.')
  expect([asked, circuit.closed, heard]).toEqual([false, false, [false]])
})

test('lets one request ahead after that, and the others once it was answered', async () => {
  const heard: boolean[] = []
  const circuit = new Circuit(0, (closed) => heard.push(closed))
  await failure(circuit.pass(fail, isTrouble))
  const { promise, resolve } = Promise.withResolvers<string>()
  const ahead = circuit.pass(() => promise, isTrouble)
  expect(await failure(circuit.pass(succeed, isTrouble))).toContain('lately')
  resolve('answer')
  expect(await ahead).toBe('answer')
  expect(await circuit.pass(succeed, isTrouble)).toBe('answer')
  expect(heard).toEqual([false, true])
})

test('rests again when the one that went ahead fails, and tells nobody twice', async () => {
  const heard: boolean[] = []
  const circuit = new Circuit(0, (closed) => heard.push(closed))
  for (let i = 0; i < 3; i++) await failure(circuit.pass(fail, isTrouble))
  expect([circuit.closed, heard]).toEqual([false, [false]])
})

test('takes a refusal for an answer', async () => {
  const circuit = new Circuit(0, () => {})
  await failure(circuit.pass(fail, () => false))
  expect(circuit.closed).toBe(true)
  await failure(circuit.pass(fail, isTrouble))
  await failure(circuit.pass(fail, () => false))
  expect(circuit.closed).toBe(true)
})
