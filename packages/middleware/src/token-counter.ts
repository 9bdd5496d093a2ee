/** Length in UTF-16 units of the pieces that are counted: the tokenizer is slow for a long word, and a cut adds at most one token. */
const pieceLength = 2_048

/**
 * Maximum number of pieces of one text that are counted, 48 KB: 1 ms of CPU for prose, 20 ms for base64. A longer text is estimated from this number
 * of pieces, spread evenly over it: to count 5 MB of base64 would block the event loop for more than a second.
 */
const mostPieces = 24

let counter: Promise<(text: string) => number> | undefined

/**
 * Function that counts the tokens of a text with OpenAI's `o200k_base`, for providers that report no usage. The tokenizer is loaded at its first use
 * (about 0.15 s and 80 MB of memory), because nearly every provider reports usage. Anthropic's tokenizer, which is not public, gives more tokens.
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
      // Special tokens in the text are counted as ordinary text.
      tokens += countTokens(part, { disallowedSpecial: new Set() })
      counted += part.length
    }
    return counted < text.length ? Math.ceil((tokens * text.length) / counted) : tokens
  })
  return counter
}
