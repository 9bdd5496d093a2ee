import { AsyncLocalStorage } from 'node:async_hooks'
import { shortened } from '@hadal/middleware/shortened'

/** Removes secrets from data that is stored, logged or sent. */
export interface Redactor {
  /** Returns a text without the known secrets and without matches of the secret patterns. JSON text stays valid JSON. */
  text(text: string): string
  /**
   * Returns a line of JSON as {@link text} does, but keeps the secrets of {@link during}: a client chooses them, and one that is a part of the JSON's
   * syntax would break the line.
   */
  line(line: string): string
  /**
   * Returns the first `mostCharacters` of a text without secrets. Twice as many are searched, so that no part of a secret remains that the cut
   * divides.
   */
  start(text: string, mostCharacters: number): string
  /**
   * Returns a value whose strings are redacted. Fields with secret names are replaced completely. Only changed plain objects and arrays are copied.
   */
  value(value: unknown): unknown
  /** Redacts an error in place: its message, stack, fields and causes. Code that uses the error afterwards sees no secret. */
  error(error: unknown): void
  /** Adds secrets that are read after the start of the process, such as those of agents. */
  add(secrets: readonly string[]): void
  /** Executes work whose texts must not contain further secrets, such as those of one run. They apply in everything that the work awaits. */
  during<Result>(secrets: readonly string[], work: () => Result): Result
}

export const redacted = '[redacted]'

/** Minimum length of a secret that is searched for: shorter values would match ordinary words. */
export const shortestSecret = 6
const deepest = 12
/**
 * Maximum number of characters of an error's text. Redacting a longer text would block the process, and the text is stored and logged several
 * times.
 */
const mostErrorCharacters = 100_000

/** Patterns of secrets. Each one runs in linear time: its repetitions are bounded, or end at a character that the part before can't contain. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Keys of OpenAI, Anthropic, and services with the same format. A digit distinguishes them from words.
  [/(?<![\w-])sk-(?=[A-Za-z_-]{0,200}\d)[\w-]{16,}/g, redacted],
  // API keys of Hadal.
  [/(?<![\w-])hadal_[a-z2-7]{16}_[\dA-Za-z]{49}/g, redacted],
  [/(?<![\w-])lsv2_[\w-]{16,}/g, redacted],
  // Private keys, as in the JSON file of a Google service account: a program that reads a part of a secret may show that part.
  [/-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----[^-"]{0,20000}(?:-----END \1-----)?/g, redacted],
  [/(?<![\w-])(?:gh[opsur]_[A-Za-z\d]{30,255}|github_pat_\w{30,255}|glpat-[\w-]{16,255})/g, redacted],
  // Fernet tokens: version 0x80 and a time before the year 2106.
  [/(?<![\w-])gAAAA[\w-]{60,}={0,2}/g, redacted],
  [
    /\b((?:proxy-)?authorization|(?:x-)?api-key|set-cookie)\s{0,5}[:=]\s{0,5}(?:(?:Bearer|Basic)\s)?(?!\[redacted\])[^\s"'\\,;}]{6,}/gi,
    `$1: ${redacted}`,
  ],
  [/\b(Bearer|Basic) (?=[\w.~+/-]{0,500}[\d=])[\w.~+/-]{8,}={0,2}/gi, `$1 ${redacted}`],
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/)[^\s:@/"'\\]{0,200}:[^\s@/"'\\]{1,500}@/gi, `$1${redacted}@`],
]

/** Matches the end of the name of a field that contains a secret. The name is in lower case without separators. */
const secretName =
  /(?:apikey|password|passwd|secret|authorization|cookie|privatekey|encryptionkey|accesstoken|refreshtoken|credentials?)$/

/** Pattern of the secrets of the current work, for all redactors of the process: the log has one, and the server may have another. */
const ofWork = new AsyncLocalStorage<RegExp | undefined>()

/**
 * Creates a redactor that removes secrets by field name, by pattern, and by the exact values that a process has loaded.
 *
 * @param secrets secret values in any order; values shorter than 6 characters are ignored
 */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const known = [...secrets]
  let exact = exactly(known)
  const add = (more: readonly string[]): void => {
    known.push(...more)
    exact = exactly(known)
  }
  const text = (written: string): string => {
    const more = ofWork.getStore()
    return line(more ? written.replace(more, redacted) : written)
  }
  const line = (written: string): string => {
    let clean = exact ? written.replace(exact, redacted) : written
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
    return clean
  }
  const value = (given: unknown, depth = 0): unknown => {
    if (typeof given === 'string') return text(given)
    if (depth >= deepest) return given
    if (Array.isArray(given)) {
      const items = given.map((item) => value(item, depth + 1))
      return items.some((item, index) => item !== given[index]) ? items : given
    }
    if (!isPlain(given)) return given
    let changed = false
    const entries = Object.entries(given).map(([name, inside]) => {
      const hidden = isSecretName(name) && inside !== undefined && inside !== null
      const clean = hidden ? redacted : value(inside, depth + 1)
      changed ||= clean !== inside
      return [name, clean] as const
    })
    return changed ? Object.fromEntries(entries) : given
  }
  const error = (thrown: unknown, seen = new Set<unknown>()): void => {
    if (!(thrown instanceof Error) || seen.has(thrown)) return
    seen.add(thrown)
    for (const name of new Set(['message', 'stack', 'errors', ...Object.keys(thrown)])) {
      const found = read(thrown, name)
      const kept = typeof found === 'string' ? shortened(found, mostErrorCharacters) : found
      const clean = isSecretName(name) || isHeaders(found) ? redacted : value(kept)
      // A field that can't be changed, because the error is frozen or has a getter, is redacted when the error is written.
      if (found !== undefined && clean !== found) define(thrown, name, clean)
      error(found, seen)
      if (Array.isArray(found)) for (const one of found) error(one, seen)
    }
    const cause = read(thrown, 'cause')
    error(cause, seen)
    if (typeof cause === 'string') define(thrown, 'cause', text(cause))
  }
  const start = (written: string, mostCharacters: number): string =>
    shortened(text(written.slice(0, 2 * mostCharacters)), mostCharacters)
  return {
    text,
    line,
    start,
    value: (given) => value(given),
    error: (thrown) => error(thrown),
    add,
    during: (more, work) => ofWork.run(exactly(more), work),
  }
}

/** Returns a pattern for the secrets themselves and their JSON and URL forms. The longest is first, so that no part of a longer secret remains. */
function exactly(secrets: readonly string[]): RegExp | undefined {
  const forms = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
  if (forms.length === 0) return undefined
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
}

/** Reads a property of an error; undefined if its getter throws. Such a property is redacted when the error is written to the log. */
function read(target: object, name: string): unknown {
  try {
    return Reflect.get(target, name)
  } catch {
    return undefined
  }
}

const isSecretName = (name: string): boolean => secretName.test(name.replace(/[-_]/g, '').toLowerCase())

const isHeaders = (value: unknown): boolean => value instanceof Headers

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function define(target: object, name: string, value: unknown): void {
  const enumerable = Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? false
  Reflect.defineProperty(target, name, { value, enumerable, writable: true, configurable: true })
}
