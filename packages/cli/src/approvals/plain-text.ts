/**
 * Characters that a terminal does not print as they are: control characters, which can move the cursor or change the title, and format characters,
 * which can turn the direction of the text or hide parts of it.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  return code > 0xff_ff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** The text for one line of a terminal, with every character that is not printable as an escape sequence of JSON. */
export const plainText = (text: string): string =>
  text.replace(unprintable, (character) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[character] ?? escaped(character))
