/**
 * Trie of known words, from their last letter to their first, in one table of numbers. A search for all words that end at an index of a text takes
 * one table look-up per letter and creates no strings.
 */
export class WordTrie {
  /** Column of each UTF-16 code unit in the transition table of the word trie; 0 if no word contains the unit. */
  readonly #columns = new Uint16Array(0x10000)
  readonly #width: number
  /** Transition table of the word trie: `#next[node * width + column]` is the next node for a letter; 0 if no word has these letters. */
  readonly #next: Uint32Array
  /** For each node of the word trie, 1 if the letters up to the node are a complete word. */
  readonly #ends: Uint8Array

  constructor(words: Iterable<string>) {
    const all = [...words]
    let columns = 0
    let letters = 0
    for (const word of all) {
      letters += word.length
      for (let at = 0; at < word.length; at += 1) {
        const code = word.charCodeAt(at)
        if (this.#columns[code] === 0) this.#columns[code] = columns += 1
      }
    }
    this.#width = columns + 1
    const next = new Uint32Array((letters + 1) * this.#width)
    this.#ends = new Uint8Array(letters + 1)
    let nodes = 1
    for (const word of all) {
      let node = 0
      for (let at = word.length - 1; at >= 0; at -= 1) {
        const edge = node * this.#width + (this.#columns[word.charCodeAt(at)] ?? 0)
        if (next[edge] === 0) {
          next[edge] = nodes
          nodes += 1
        }
        node = next[edge] ?? 0
      }
      this.#ends[node] = 1
    }
    this.#next = next.slice(0, nodes * this.#width)
  }

  /** Next node of the trie for one more letter to the left; 0 if no word has these letters. */
  step(node: number, code: number): number {
    const column = this.#columns[code] ?? 0
    return column === 0 ? 0 : (this.#next[node * this.#width + column] ?? 0)
  }

  isWord(node: number): boolean {
    return this.#ends[node] === 1
  }
}
