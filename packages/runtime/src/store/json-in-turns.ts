import { EventLoopTurns, groupsOf, isHeavy } from './event-loop-turns.ts'

export type Entry = readonly [key: string, value: unknown]
export type Parts = { readonly list: readonly unknown[] } | { readonly fields: readonly Entry[] }

/** A format of JSON text: how values and their parts are written. */
export interface JsonForm {
  /** Returns the JSON of a value, written in one piece. */
  readonly whole: (value: unknown) => string
  /** Returns the items or fields of a value whose JSON is a list or an object of them; undefined for any other value. */
  readonly partsOf: (value: unknown) => Parts | undefined
  /** Whether a field of this name is omitted from the JSON of a value. */
  readonly leavesOut: (key: string) => boolean
  /** Transforms a piece of a value's JSON text. A piece may end inside a long string, but never inside an escape or a surrogate pair. */
  readonly changed: (text: string) => string
}

/** Plain JSON, as `JSON.stringify` writes it. */
const plain: JsonForm = {
  whole: (value) => JSON.stringify(value) ?? 'null',
  partsOf(value) {
    if (typeof value !== 'object' || value === null) return undefined
    return Array.isArray(value) ? { list: value } : { fields: Object.entries(value) }
  },
  leavesOut: () => false,
  changed: (text) => text,
}

/** Returns the JSON of a value of any size. A large value is written in pieces, and the event loop runs other work in between. */
export async function jsonInTurns(value: unknown, form: JsonForm = plain): Promise<string> {
  if (!isHeavy(value)) return form.changed(form.whole(value))
  const pieces = new Pieces(form)
  await pieces.write(value)
  return pieces.text
}

/** Length of one piece of a long string in the JSON writer, in UTF-16 code units. */
const stringPiece = 262_144
const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00

/** Writer of one large value's JSON, piece by piece. */
class Pieces {
  readonly #form: JsonForm
  readonly #turns = new EventLoopTurns()
  readonly #texts: string[] = []
  readonly #around: unknown[] = []

  constructor(form: JsonForm) {
    this.#form = form
  }

  get text(): string {
    return this.#texts.join('')
  }

  async write(value: unknown): Promise<void> {
    if (typeof value === 'string') return this.#string(value)
    const parts = this.#around.includes(value) ? undefined : this.#form.partsOf(value)
    // For a cyclic value, JSON.stringify throws its error here.
    if (!parts) return this.#add(this.#form.whole(value))
    this.#around.push(value)
    if ('list' in parts) await this.#list(parts.list)
    else await this.#fields(parts.fields)
    this.#around.pop()
  }

  #add(text: string): void {
    this.#texts.push(this.#form.changed(text))
  }

  async #string(text: string): Promise<void> {
    this.#add('"')
    for (let from = 0; from < text.length; ) {
      if (this.#turns.isOver) await this.#turns.next()
      const to = from + stringPiece
      // A surrogate pair must not be split: JSON.stringify would escape each half.
      const end = isHighSurrogate(text.charCodeAt(to - 1)) ? to + 1 : to
      this.#add(JSON.stringify(text.slice(from, end)).slice(1, -1))
      from = end
    }
    this.#add('"')
  }

  async #list(list: readonly unknown[]): Promise<void> {
    let before = '['
    for (const { parts, heavy } of groupsOf(list, (part) => part)) {
      if (this.#turns.isOver) await this.#turns.next()
      this.#add(before)
      if (heavy) await this.write(parts[0])
      else this.#add(this.#form.whole(parts).slice(1, -1))
      before = ','
    }
    this.#add(before === '[' ? '[]' : ']')
  }

  async #fields(fields: readonly Entry[]): Promise<void> {
    let before = '{'
    for (const { parts, heavy } of groupsOf(fields, ([, value]) => value)) {
      if (this.#turns.isOver) await this.#turns.next()
      const [first] = parts
      if (heavy && first && (typeof first[1] === 'string' || this.#form.partsOf(first[1]))) {
        if (this.#form.leavesOut(first[0])) continue
        this.#add(`${before}${JSON.stringify(first[0])}:`)
        await this.write(first[1])
      } else {
        // JSON.stringify omits fields without a JSON form, so the text can be empty.
        const text = this.#form.whole(Object.fromEntries(parts)).slice(1, -1)
        if (text === '') continue
        this.#add(before + text)
      }
      before = ','
    }
    this.#add(before === '{' ? '{}' : '}')
  }
}
