/** Text is counted in pieces of this length: the tokenizer is slow on one long word, and a cut costs a token at most. */
const pieceLength = 2_048

let counter: Promise<(text: string) => number> | undefined

/**
 * The tokenizer, for what a provider doesn't count: OpenAI's `o200k_base`. It is loaded when it is first asked for (about 0.15 s and 80 MB
 * of memory), since nearly every provider counts itself. Anthropic's tokenizer is not public and gives more tokens for the same text.
 */
export function tokenCounter(): Promise<(text: string) => number> {
  counter ??= import('gpt-tokenizer/encoding/o200k_base').then(({ countTokens }) => (text: string): number => {
    let sum = 0
    for (let start = 0; start < text.length; start += pieceLength) {
      // Text may hold what looks like one of the tokenizer's own marks. Here it is text.
      sum += countTokens(text.slice(start, start + pieceLength), { disallowedSpecial: new Set() })
    }
    return sum
  })
  return counter
}
