import { EventLoopTurns, groupsOf, isHeavy } from './event-loop-turns.ts'

export type Entry = readonly [key: string, value: unknown]
export type Parts = { readonly list: readonly unknown[] } | { readonly fields: readonly Entry[] }

/** A way of writing values as JSON. */
export interface JsonForm {
  /** The JSON of a value in one piece. */
  readonly whole: (value: unknown) => string
  /** The parts of a value, if its JSON is made of theirs; else undefined. */
  readonly partsOf: (value: unknown) => Parts | undefined
  /** Whether fields of this name are left out. */
  readonly leavesOut: (key: string) => boolean
  /** Called with each piece of the text. A piece ends at the end of a token. */
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

/** The JSON of a value of any size: a large value is written in pieces, between which other work of the process goes on. */
export async function jsonInTurns(value: unknown, form: JsonForm = plain): Promise<string> {
  if (!isHeavy(value)) return form.changed(form.whole(value))
  const pieces = new Pieces(form)
  await pieces.write(value)
  return pieces.text
}

/** Length in UTF-16 units of the pieces of a long string. */
const stringPiece = 262_144
const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00

/** Writes one value, piece by piece. */
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
    // A value that is part of itself ends here, with the error of JSON.stringify.
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
      // The halves of a surrogate pair stay together: alone each would be written as an escape.
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
        // Fields without a JSON form are left out, which can leave nothing.
        const text = this.#form.whole(Object.fromEntries(parts)).slice(1, -1)
        if (text === '') continue
        this.#add(before + text)
      }
      before = ','
    }
    this.#add(before === '{' ? '{}' : '}')
  }
}
