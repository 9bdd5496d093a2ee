import { canonicalWord } from './canonical-text.ts'
import type { Rule } from './rule.ts'
import { wordClasses } from './word-classes.ts'
import { WordTrie } from './word-trie.ts'

/** One step of a pattern of input validation: the classes of words that match, and the maximum number of other words before the match. */
export interface Step {
  readonly classes: ReadonlySet<number>
  readonly gap: number
}
export interface Pattern {
  readonly rule: Rule
  readonly steps: readonly Step[]
}

/** Forms of words that a model can read and a plain filter misses. */
export type Disguise = 'plain' | 'rot13' | 'reversed'

/** Names of the classes that a word gets by its form, such as an e-mail address, and not by its letters. */
export const lookClasses = ['ADDRESS', 'LINK', 'TOOLNAME'] as const

export class Lexicon {
  readonly #numbers = new Map<string, number>()
  readonly #words: Record<Disguise, Map<string, number[]>> = { plain: new Map(), rot13: new Map(), reversed: new Map() }
  readonly #stems = new Map<string, number[]>()
  readonly #skeletons = new Map<string, number[]>()
  readonly #stemLengths: readonly number[]
  readonly #trie: WordTrie
  /** Classes of words that are also recognized with a typing error, by the forms of each word without one letter. */
  readonly #lessOne = new Map<string, number[]>()
  /** Patterns of all rules by the class of their first word. */
  readonly starts = new Map<number, Pattern[]>()
  /** Length of the longest word in the lexicon. Longer words are not looked up. */
  #longestWord = 0

  constructor(rules: readonly Rule[]) {
    for (const [name, words] of Object.entries(wordClasses)) {
      const number = this.#number(name)
      for (const word of words.split(' ')) if (word !== '') this.#add(word, number)
    }
    for (const name of lookClasses) this.#number(name)
    for (const rule of rules) {
      for (const pattern of rule.patterns ?? []) this.#compile(rule, pattern)
    }
    this.#stemLengths = [...new Set([...this.#stems.keys()].map((stem) => stem.length))].sort((a, b) => b - a)
    this.#trie = new WordTrie(this.#words.plain.keys())
  }

  numberOf(name: (typeof lookClasses)[number]): number {
    return this.#number(name)
  }

  /** Classes of a canonical word in a disguise; undefined if the word is unknown. */
  classesOf(word: string, disguise: Disguise): readonly number[] | undefined {
    // A look-up would read the whole word, so longer words are skipped.
    const exact = word.length <= this.#longestWord ? this.#words[disguise].get(word) : undefined
    if (exact || disguise !== 'plain' || word.charCodeAt(0) < 0x80) return exact
    for (const length of this.#stemLengths) {
      const found = this.#stems.get(word.slice(0, length))
      if (found && length <= word.length) return found
    }
    return undefined
  }

  /** Classes of a word in which digits and signs replace letters; undefined if the word is unknown. */
  classesOfLeet = (word: string): readonly number[] | undefined =>
    word.length <= this.#longestWord ? this.#skeletons.get(skeleton(word)) : undefined

  /** Classes of a word with one typing error: an additional, missing, wrong or swapped letter; undefined if the word is unknown. */
  classesOfMisspelt(word: string): readonly number[] | undefined {
    if (word.length < 5 || word.length > longestMisspelt || !misspeltStarts.has(word.charCodeAt(0))) return undefined
    const shorter = this.#lessOne.get(word)
    if (shorter) return shorter
    for (const less of withoutOne(word)) {
      const found = this.#lessOne.get(less) ?? (misspelt.has(less) ? this.#words.plain.get(less) : undefined)
      if (found) return found
    }
    return undefined
  }

  /**
   * Splits a text without spaces into words of the lexicon, with as few unknown letters and then as few words as possible.
   *
   * @returns the text's parts in order; unknown letters between two words are one part
   */
  split(text: string): string[] {
    // For each end: the cost of the best split before it (10 for an unknown letter, 2 for a word), and the start of its last part.
    const costs = new Int32Array(text.length + 1)
    const starts = new Int32Array(text.length + 1)
    const words = this.#trie
    for (let end = 1; end <= text.length; end += 1) {
      let cost = (costs[end - 1] ?? 0) + 10
      // A negative start marks an unknown letter, which differs from a word of one letter.
      let start = -1
      let node = words.step(0, text.charCodeAt(end - 1))
      for (let from = end - 2; node !== 0 && from >= 0; from -= 1) {
        node = words.step(node, text.charCodeAt(from))
        const withWord = (costs[from] ?? 0) + 2
        if (node !== 0 && withWord < cost && words.isWord(node)) {
          cost = withWord
          start = from
        }
      }
      costs[end] = cost
      starts[end] = start
    }
    const pieces: string[] = []
    let unknown = text.length
    for (let end = text.length; end > 0; ) {
      const start = starts[end] ?? -1
      if (start < 0) {
        end -= 1
        continue
      }
      if (unknown > end) pieces.push(text.slice(end, unknown))
      pieces.push(text.slice(start, end))
      unknown = start
      end = start
    }
    if (unknown > 0) pieces.push(text.slice(0, unknown))
    return pieces.reverse()
  }

  #number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    if (/[A-Z]/.test(name) && !(name in wordClasses) && !lookClasses.some((look) => look === name))
      throw new Error(`Invalid pattern: unknown class of words "${name}". Add the class to word-classes.ts.`)
    const number = this.#numbers.size
    this.#numbers.set(name, number)
    if (!/[A-Z]/.test(name)) this.#add(name, number)
    return number
  }

  #add(written: string, number: number): void {
    const isStem = written.endsWith('*')
    const word = canonicalWord(isStem ? written.slice(0, -1) : written)
    if (isStem) {
      put(this.#stems, word, number)
      return
    }
    put(this.#words.plain, word, number)
    this.#longestWord = Math.max(this.#longestWord, word.length)
    if (!/^[a-z0-9]+$/.test(word)) return
    put(this.#skeletons, skeleton(word), number)
    if (misspelt.has(word)) for (const less of withoutOne(word)) put(this.#lessOne, less, number)
    put(this.#words.rot13, rot13(word), number)
    // Reversed words are a separate map, because a short word read backwards may be another word.
    put(this.#words.reversed, Array.from(word).reverse().join(''), number)
  }

  #compile(rule: Rule, pattern: string): void {
    const steps: Step[] = []
    let gap = 0
    for (const part of pattern.split(' ')) {
      if (part.startsWith('~')) gap = Number(part.slice(1))
      else {
        steps.push({ classes: new Set(part.split('|').map((name) => this.#number(name))), gap })
        gap = 0
      }
    }
    for (const first of steps[0]?.classes ?? []) {
      const list = this.starts.get(first)
      if (list) list.push({ rule, steps })
      else this.starts.set(first, [{ rule, steps }])
    }
  }
}

function put(map: Map<string, number[]>, key: string, number: number): void {
  const list = map.get(key)
  if (!list) map.set(key, [number])
  else if (!list.includes(number)) list.push(number)
}

/** Words of the lexicon that are also recognized with a typing error. Other words have too many similar words. */
const misspelt = new Set(['ignore', 'disregard', 'previous', 'instruction', 'instructions', 'directives', 'guidelines'])
/** Code units of the first letters of the words that are recognized with a typing error, which keeps the first letter. */
const misspeltStarts = new Set(Array.from(misspelt, (word) => word.charCodeAt(0)))
/** Maximum length in UTF-16 units of a word that is checked for a typing error. */
const longestMisspelt = 13
const withoutOne = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 1) + word.slice(index + 2))

const rot13 = (word: string): string =>
  word.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97))

const leet: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  l: 'i',
  3: 'e',
  4: 'a',
  '@': 'a',
  5: 's',
  $: 's',
  7: 't',
  8: 'b',
  9: 'g',
  6: 'g',
  2: 'z',
}
/** A word with letters in place of the digits and signs that replace them. `l` becomes `i`. */
const skeleton = (word: string): string => word.replace(/[0-9@$l]/g, (sign) => leet[sign] ?? sign)
