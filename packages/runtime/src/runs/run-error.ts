import { inspect } from 'node:util'
import type { Redactor } from '../secrets/create-redactor.ts'
import type { RunError } from './resting-thread.ts'

/** Maximum number of characters of an error's message for clients. Without a maximum, an error could quote a whole document. */
const mostCharacters = 4_000
/** Maximum number of characters of an error's name for clients. */
const mostNameCharacters = 100

/** Options of Node's `inspect` for printing a thrown value that is not an Error: getters are not called, and nested values are cut. */
const shown = { depth: 2, getters: false, customInspect: false, maxArrayLength: 20, maxStringLength: 1_000 } as const

/** Name and message of an error for clients, redacted and shortened, without a stack trace. Never throws. */
export function runError(error: unknown, redactor: Redactor): RunError {
  const { name, message } = isError(error)
    ? { name: textOf(error, 'name') || 'Error', message: textOf(error, 'message') }
    : { name: 'Error', message: `A value that is not an Error was thrown: ${attempt(() => inspect(error, shown))}` }
  // LangGraph appends a link to its own documentation.
  const [sentence = message] = message.split('\n\nTroubleshooting URL:')
  return {
    error: redactor.text(name.slice(0, mostNameCharacters)),
    message: redactor.start(sentence, mostCharacters) || 'The error has no message.',
  }
}

/** Whether a thrown value is an Error. A proxy may throw when its prototype is read. */
const isError = (error: unknown): error is Error => attempt(() => error instanceof Error) === true

/** Returns a property of an error as text. A getter may throw, or return a value of any type. */
function textOf(error: Error, property: 'name' | 'message'): string {
  const value = attempt((): unknown => error[property])
  if (typeof value === 'string') return value
  return value === undefined ? '' : (attempt(() => inspect(value, shown)) ?? '')
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
