/** Text is counted in pieces of this length: the tokenizer is slow on one long word, and a cut costs a token at most. */
const pieceLength = 2_048

/**
 * Maximum number of pieces of one text that are counted, 48 KB: 1 ms of CPU for prose, 20 ms for base64. A longer text is estimated from so many pieces,
 * spread evenly over it: 5 MB of base64 in full would block the event loop for more than a second.
 */
const mostPieces = 24

let counter: Promise<(text: string) => number> | undefined

/**
 * The tokenizer, for what a provider doesn't count: OpenAI's `o200k_base`. It is loaded when it is first asked for (about 0.15 s and 80 MB
 * of memory), since nearly every provider counts itself. Anthropic's tokenizer is not public and gives more tokens for the same text.
 */
export function tokenCounter(): Promise<(text: string) => number> {
  counter ??= import('gpt-tokenizer/encoding/o200k_base').then(({ countTokens }) => (text: string): number => {
    const pieces = Math.ceil(text.length / pieceLength)
    const every = Math.max(pieces / mostPieces, 1)
    let tokens = 0
    let counted = 0
    for (let piece = 0; piece < pieces; piece += every) {
      const start = Math.floor(piece) * pieceLength
      const part = text.slice(start, start + pieceLength)
      // Text may hold what looks like one of the tokenizer's own marks. Here it is text.
      tokens += countTokens(part, { disallowedSpecial: new Set() })
      counted += part.length
    }
    return counted < text.length ? Math.ceil((tokens * text.length) / counted) : tokens
  })
  return counter
}
