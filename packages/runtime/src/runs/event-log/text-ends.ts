const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000

/** Number of characters that native code compares at once. */
const compared = 2_048

/** Lengths of the equal beginning and of the equal end of two texts. */
export interface TextEnds {
  readonly prefix: number
  readonly suffix: number
}

/**
 * Returns the lengths of the longest equal beginning and, after it, of the longest equal end of two texts. Neither of them splits a surrogate pair,
 * so that the text between them can be stored as UTF-8.
 */
export function textEnds(before: string, after: string): TextEnds {
  const most = Math.min(before.length, after.length)
  let prefix = 0
  while (
    prefix + compared <= most &&
    before.slice(prefix, prefix + compared) === after.slice(prefix, prefix + compared)
  )
    prefix += compared
  while (prefix < most && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix -= 1
  const left = most - prefix
  const tail = (text: string, length: number): string =>
    text.slice(text.length - length - compared, text.length - length)
  let suffix = 0
  while (suffix + compared <= left && tail(before, suffix) === tail(after, suffix)) suffix += compared
  while (suffix < left && before.charCodeAt(before.length - suffix - 1) === after.charCodeAt(after.length - suffix - 1))
    suffix += 1
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix -= 1
  return { prefix, suffix }
}
