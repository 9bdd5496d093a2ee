/**
 * Known words by their letters from the last to the first, as one table of numbers: finding every word that ends at a place of a text costs
 * one table look-up per letter and makes no strings.
 */
export class WordTrie {
  /** The column of each UTF-16 code unit; 0 where no word has it. */
  readonly #columns = new Uint16Array(0x10000)
  readonly #width: number
  /** `#next[node * width + column]`: the node of one letter more, 0 if no word goes on so. */
  readonly #next: Uint32Array
  /** Whether a word begins at a node. */
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

  /** The node after one letter more to the left; 0 if no word goes on so. */
  step(node: number, code: number): number {
    const column = this.#columns[code] ?? 0
    return column === 0 ? 0 : (this.#next[node * this.#width + column] ?? 0)
  }

  isWord(node: number): boolean {
    return this.#ends[node] === 1
  }
}
