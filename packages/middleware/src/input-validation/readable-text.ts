/** Minimum number of bytes of a readable text. Shorter byte strings can't contain an instruction. */
const leastBytes = 10

/** Text of bytes in UTF-8; undefined if they are binary data: too short, not UTF-8, or with many control characters. */
export function readableText(bytes: Buffer): string | undefined {
  if (bytes.length < leastBytes) return undefined
  let strange = 0
  for (const byte of bytes) {
    if (byte === 0 || byte === 0x7f || (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) strange += 1
    if (strange > 2 && strange * 20 > bytes.length) return undefined
  }
  const text = bytes.toString('utf8')
  // Some characters at the ends may not belong to the encoded text, and decode to invalid bytes.
  const broken = text.split('\ufffd').length - 1
  return broken > 2 && broken * 20 > text.length ? undefined : text
}
