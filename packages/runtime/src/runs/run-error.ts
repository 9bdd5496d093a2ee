import { inspect } from 'node:util'
import type { Redactor } from '../secrets/create-redactor.ts'
import type { RunError } from './resting-thread.ts'

/** Characters of an error's message that a client gets: enough for any sentence, and an error may quote a whole document. */
const mostCharacters = 4_000
/** Characters that are searched for secrets: a secret that begins before the cut is still recognised as a whole. */
const searchedCharacters = 2 * mostCharacters
const mostNameCharacters = 100

/** How a thrown value that is not an Error is shown: getters are not called, and nested values are cut. */
const shown = { depth: 2, getters: false, customInspect: false, maxArrayLength: 20, maxStringLength: 1_000 } as const

/** What a client may know of an error: its name and its message, without secrets and without the place where it was thrown. Never throws. */
export function runError(error: unknown, redactor: Redactor): RunError {
  const { name, message } = isError(error)
    ? { name: textOf(error, 'name') || 'Error', message: textOf(error, 'message') }
    : { name: 'Error', message: `A value that is not an Error was thrown: ${attempt(() => inspect(error, shown))}` }
  // LangGraph appends a link to its own documentation.
  const [sentence = message] = message.split('\n\nTroubleshooting URL:')
  return {
    error: redactor.text(name.slice(0, mostNameCharacters)),
    message: cut(redactor.text(sentence.slice(0, searchedCharacters))) || 'It was thrown without a message.',
  }
}

const cut = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text)

/** A proxy may throw when it is asked for its prototype. */
const isError = (error: unknown): error is Error => attempt(() => error instanceof Error) === true

/** A property of an error as text; a getter may throw, and may return anything. */
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
