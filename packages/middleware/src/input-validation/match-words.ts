import type { CanonicalText } from './canonical-text.ts'
import type { Disguise, Lexicon, Step } from './lexicon.ts'
import type { Rule } from './rule.ts'

/** Match of a pattern in a canonical text, from its first word to its last. */
export interface WordMatch {
  readonly rule: Rule
  readonly start: number
  readonly end: number
  readonly disguise: Disguise
}

/** A word of the text that is in the lexicon. Other words count only as distance. */
interface Hit {
  /** Position of a known word in the text, counted in words. */
  readonly index: number
  readonly sentence: number
  readonly start: number
  readonly end: number
  readonly classes: readonly number[]
}
type Hits = Record<Disguise, Hit[]>

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 0x7f || code === 0x40 || code === 0x24
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || code > 0x7f
const nonLetter = /[^\p{L}\p{N}\p{M}]/u
const apostrophe = 0x27
/** Minimum length in UTF-16 units of a run of letters that is split into words. */
const longWord = 16
/** Minimum number of consecutive single letters that are joined to a word. Fewer may be a list of variables. */
const leastSpaced = 4
/** Maximum length in UTF-16 units of a run of letters that is split into words at once. Longer runs are split in parts, so that time stays linear. */
const mostSplit = 400

/** Finds the patterns of all rules in one pass over the words of a text. */
export class WordMatcher {
  readonly #lexicon: Lexicon
  readonly #address: number
  readonly #link: number
  readonly #toolName: number
  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
    this.#address = lexicon.numberOf('ADDRESS')
    this.#link = lexicon.numberOf('LINK')
    this.#toolName = lexicon.numberOf('TOOLNAME')
  }

  match(canonical: CanonicalText): WordMatch[] {
    const hits = this.#hitsOf(canonical)
    return (['plain', 'rot13', 'reversed'] as const).flatMap((disguise) => this.#follow(hits[disguise], disguise))
  }

  #hitsOf({ text, cuts }: CanonicalText): Hits {
    const hits: Hits = { plain: [], rot13: [], reversed: [] }
    let index = 0
    let sentence = 0
    let cut = 0
    let single: { start: number; letters: string } | undefined
    let before = 0
    const endOfSingles = (end: number): void => {
      if (single && single.letters.length >= leastSpaced)
        index = this.#addSplit(hits.plain, single.letters, { index, sentence, start: single.start, end })
      single = undefined
    }
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at)
      if (!isWordCode(code) || (code > 0x7f && isSign(text, at))) {
        if (isSentenceEnd(text, at, code)) {
          // Full stops between single letters can be a way to hide a word.
          if (!single || code === 10) sentence += 1
        }
        at += 1
        continue
      }
      const start = at
      let apostrophes = false
      let odd = false
      while (at < text.length) {
        const next = text.charCodeAt(at)
        if (next === apostrophe && at > start && isLetter(text.charCodeAt(at + 1))) apostrophes = true
        else if (!isWordCode(next) || (next > 0x7f && isSign(text, at))) break
        if (next < 97 && next !== apostrophe) odd = true
        at += 1
      }
      if (single && start - before > 3) endOfSingles(before)
      const length = at - start
      if (length === 1) {
        single ??= { start, letters: '' }
        single.letters += text[start]
      } else if (single) endOfSingles(before)
      before = at
      index += 1
      while ((cuts[cut] ?? Number.POSITIVE_INFINITY) <= start) cut += 1
      const touched = (cuts[cut] ?? Number.POSITIVE_INFINITY) < at
      const written = text.slice(start, at)
      const word = apostrophes ? written.replaceAll("'", '') : written
      const place = { index, sentence, start, end: at }
      const classes = this.#classesOf(text, word, start, at, odd)
      if (classes) hits.plain.push({ ...place, classes })
      const rotated = this.#lexicon.classesOf(word, 'rot13')
      if (rotated) hits.rot13.push({ ...place, classes: rotated })
      const reversed = this.#lexicon.classesOf(word, 'reversed')
      if (reversed) hits.reversed.push({ ...place, index: -index, classes: reversed })
      if (!classes && (touched || length >= longWord)) index = this.#addSplit(hits.plain, word, place)
    }
    endOfSingles(text.length)
    hits.reversed.reverse()
    return hits
  }

  #classesOf(text: string, word: string, start: number, end: number, odd: boolean): readonly number[] | undefined {
    const known =
      this.#lexicon.classesOf(word, 'plain') ??
      (odd ? this.#lexicon.classesOfLeet(word) : this.#lexicon.classesOfMisspelt(word))
    const looks: number[] = []
    if (word.indexOf('@') > 0 && !word.endsWith('@')) looks.push(this.#address)
    // A link in brackets or quotes is an ordinary link of a document.
    else if (text.startsWith('://', end) && !/["'(<=[]/.test(text[start - 1] ?? ' ')) looks.push(this.#link)
    if (start > 0 && text[start - 1] === '_') looks.push(this.#toolName)
    if (looks.length === 0) return known
    return known ? [...known, ...looks] : looks
  }

  /** Adds the words of a text without spaces to the hits. @returns the position of the next word */
  #addSplit(hits: Hit[], letters: string, place: Omit<Hit, 'classes'>): number {
    let { index } = place
    for (let from = 0; from < letters.length; from += mostSplit) {
      for (const piece of this.#lexicon.split(letters.slice(from, from + mostSplit))) {
        const classes = this.#lexicon.classesOf(piece, 'plain')
        if (classes) hits.push({ ...place, index, classes })
        index += 1
      }
    }
    return index
  }

  #follow(hits: readonly Hit[], disguise: Disguise): WordMatch[] {
    const found: WordMatch[] = []
    for (const [at, hit] of hits.entries()) {
      for (const number of hit.classes) {
        for (const pattern of this.#lexicon.starts.get(number) ?? []) {
          const last = lastHit(hits, at, pattern.steps, 1)
          if (!last) continue
          const ends = [hit.start, last.start, hit.end, last.end]
          found.push({ rule: pattern.rule, start: Math.min(...ends), end: Math.max(...ends), disguise })
        }
      }
    }
    return found
  }
}

/** Last word of a pattern's match from step `next` on. Each step has a maximum gap, so the search takes a bounded time per word. */
function lastHit(hits: readonly Hit[], at: number, steps: readonly Step[], next: number): Hit | undefined {
  const here = hits[at]
  const step = steps[next]
  if (!here || !step) return here
  for (let to = at + 1; to < hits.length; to += 1) {
    const there = hits[to]
    if (!there || there.sentence !== here.sentence || there.index - here.index > step.gap + 1) return undefined
    if (there.index === here.index || !there.classes.some((number) => step.classes.has(number))) continue
    const last = lastHit(hits, to, steps, next + 1)
    if (last) return last
  }
  return undefined
}

function isSentenceEnd(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1)
  // A sentence ends at . ! ? ; before a space, and at an empty line.
  if (code === 46 || code === 33 || code === 63 || code === 59) return !(next > 32) || next === 34
  return code === 10 && (next === 10 || next === 13)
}

/** Cache of `isSign` per UTF-16 code unit: 0 unknown, 1 part of a word, 2 a sign. */
const signs = new Uint8Array(0x10000).fill(1, 0xd800, 0xe000)

function isSign(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (signs[code] === 0) signs[code] = nonLetter.test(text.charAt(at)) ? 2 : 1
  return signs[code] === 2
}
