import { plainCharacters } from './look-alikes.ts'

/** Text in the form that the rules match: lower case, without invisible characters and accents, and with Latin letters for look-alikes. */
export interface CanonicalText {
  readonly text: string
  /** Returns the index in the original text of a character of the canonical text. */
  origin(index: number): number
  /** Ascending indexes of the canonical text before which invisible characters were removed. */
  readonly cuts: readonly number[]
  /** Hidden texts: tag characters, bytes in variation selectors, and the display form of text with bidi controls or backspaces. */
  readonly hidden: readonly HiddenText[]
}

export interface HiddenText {
  readonly text: string
  readonly at: number
  readonly by: 'tags' | 'variation-selectors' | 'bidi' | 'backspace'
}

const isAscii = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false
  return true
}

const spaceLike = new Set([0x115f, 0x1160, 0x3164, 0xffa0, 0x2800])
const invisible = /[\p{Cf}\p{Mn}\p{Me}]/u
const marks = /[\p{Mn}\p{Me}\p{Cf}]/gu

const isTag = (code: number): boolean => code >= 0xe0020 && code <= 0xe007e
const selectorByte = (code: number): number => {
  if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00
  return code >= 0xe0100 && code <= 0xe01ef ? code - 0xe0100 + 16 : -1
}

const folded = new Map<number, string>()
/** Maximum number of entries in the cache of canonical characters. */
const mostFolded = 20_000

function foldAnew(code: number): string {
  if (spaceLike.has(code)) return ' '
  if (code === 0x2028 || code === 0x2029 || code === 0x85) return '\n'
  const character = String.fromCodePoint(code)
  const known = plainCharacters.get(character)
  if (known) return known
  if (invisible.test(character)) return ''
  let out = ''
  for (const part of character.normalize('NFKD').replace(marks, '').toLowerCase())
    out += plainCharacters.get(part) ?? part
  return out
}

function fold(code: number): string {
  const known = folded.get(code)
  if (known !== undefined) return known
  if (folded.size >= mostFolded) folded.clear()
  const found = foldAnew(code)
  folded.set(code, found)
  return found
}

/** Canonical form of a word of the input validation rules. */
export function canonicalWord(word: string): string {
  let out = ''
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0
    out += code < 0x80 ? character.toLowerCase() : fold(code)
  }
  return out
}

/** Canonical form of a text, in one pass. Time and memory grow linearly with its length. */
export function canonicalText(text: string): CanonicalText {
  const shown = hasShownOrder(text) ? displayed(text) : []
  if (isAscii(text)) return { text: text.toLowerCase(), origin: (index) => index, cuts: [], hidden: shown }
  let out = ''
  let origins = new Int32Array(text.length + 16)
  const cuts: number[] = []
  const tags = new HiddenRun('tags', 4)
  const selectors = new HiddenRun('variation-selectors', 8)
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index) ?? 0
    let piece: string
    if (code < 0x80) {
      piece = text.charAt(index)
    } else if (isTag(code)) {
      tags.add(code - 0xe0000, index)
      piece = ''
    } else {
      const byte = selectorByte(code)
      if (byte >= 0) selectors.add(byte, index)
      piece = fold(code)
    }
    if (piece === '') {
      if (cuts.at(-1) !== out.length) cuts.push(out.length)
    } else {
      if (out.length + piece.length > origins.length) {
        const larger = new Int32Array(2 * (out.length + piece.length))
        larger.set(origins)
        origins = larger
      }
      for (let at = 0; at < piece.length; at += 1) origins[out.length + at] = index
      out += piece
    }
    index += code > 0xffff ? 2 : 1
  }
  const end = text.length
  return {
    text: out.toLowerCase(),
    origin: (index) => (index >= out.length ? end : (origins[index] ?? end)),
    cuts,
    hidden: [...shown, ...tags.read(), ...selectors.read()],
  }
}

/** Collects the bytes that invisible characters of one kind encode anywhere in a text. */
class HiddenRun {
  readonly #by: HiddenText['by']
  readonly #least: number
  readonly #bytes: number[] = []
  #at = 0
  constructor(by: HiddenText['by'], least: number) {
    this.#by = by
    this.#least = least
  }
  add(byte: number, at: number): void {
    if (this.#bytes.length === 0) this.#at = at
    this.#bytes.push(byte)
  }
  read(): HiddenText[] {
    if (this.#bytes.length < this.#least) return []
    return [{ text: Buffer.from(this.#bytes).toString('utf8'), at: this.#at, by: this.#by }]
  }
}

/** Bidi control characters: those that open an embedding, override or isolate, and the two that close one. */
const orderControls = /[\u202a-\u202e\u2066-\u2069]/g
const closePdf = '\u202c'
const closePdi = '\u2069'
const overrideRightToLeft = '\u202e'
const backspace = '\b'
const backspaceUnit = 8
const isHighSurrogate = (unit = 0): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit = 0): boolean => unit >= 0xdc00 && unit <= 0xdfff

function hasShownOrder(text: string): boolean {
  return text.includes('\u202e') || text.includes('\u202d') || text.includes('\u2067') || text.includes(backspace)
}

/** Texts as a screen or terminal displays them: after bidi overrides, and after backspaces. */
function displayed(text: string): HiddenText[] {
  const found: HiddenText[] = []
  if (text.includes(backspace)) {
    // Code units instead of strings: a long text would create millions of strings.
    const kept = new Uint16Array(text.length)
    let length = 0
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      if (unit !== backspaceUnit) {
        kept[length] = unit
        length += 1
      } else if (length > 0) {
        // A character outside of the Basic Multilingual Plane has two units.
        length -= isLowSurrogate(kept[length - 1]) && isHighSurrogate(kept[length - 2]) ? 2 : 1
      }
    }
    const shown = Buffer.from(kept.buffer, 0, length * 2).toString('utf16le')
    found.push({ text: shown, at: text.indexOf(backspace), by: 'backspace' })
  }
  const at = text.search(/[\u202d\u202e\u2067]/)
  if (at >= 0) found.push({ text: inShownOrder(text), at, by: 'bidi' })
  return found
}

interface Level {
  readonly reversed: boolean
  readonly units: string[]
}

/** Maximum depth of nested bidi levels that are reordered, because each level takes another pass over its text. Deeper levels are not reordered. */
const mostLevels = 8

/** A text in display order: a right-to-left override reverses its content, and an isolate is one unit of the enclosing text. */
function inShownOrder(text: string): string {
  const levels: Level[] = [{ reversed: false, units: [] }]
  const close = (): void => {
    const level = levels.length > 1 ? levels.pop() : undefined
    if (level) levels.at(-1)?.units.push((level.reversed ? level.units.toReversed() : level.units).join(''))
  }
  let from = 0
  const take = (end: number): void => {
    const level = levels.at(-1)
    const run = text.slice(from, end)
    if (run !== '') level?.units.push(level.reversed ? Array.from(run).reverse().join('') : run)
  }
  for (const { index, 0: control } of text.matchAll(orderControls)) {
    take(index)
    from = index + 1
    if (control === closePdf || control === closePdi) close()
    else if (levels.length < mostLevels) levels.push({ reversed: control === overrideRightToLeft, units: [] })
  }
  take(text.length)
  while (levels.length > 1) close()
  return levels[0]?.units.join('') ?? ''
}
