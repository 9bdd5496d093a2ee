import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** Beginning of every API key of Hadal. Secret scanners and the redactor recognise a key by it. */
export const keyPrefix = 'hadal_'
const idCharacters = 'abcdefghijklmnopqrstuvwxyz234567'
const secretCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Length of the id: 80 bits, so that two keys never have the same. */
const idLength = 16
/** Length of the secret: 256 bits. */
const secretLength = 43
/** Length of the checksum: 32 bits. */
const checksumLength = 6

/** Pattern of the id of a key. */
export const keyIdPattern = /^[a-z2-7]{16}$/
const keyPattern = /^(hadal_([a-z2-7]{16})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/

/** An API key as its holder sends it. */
export interface SentKey {
  /** Public part, by which the key is found, listed and logged. */
  readonly id: string
  /** SHA-256 of the whole text. */
  readonly hash: Buffer
}

const randomText = (characters: string, length: number): string =>
  Array.from({ length }, () => characters[randomInt(characters.length)]).join('')

/** Returns the CRC-32 of a text in base 62. A typo changes it, so that it is noticed without the database. */
function checksum(text: string): string {
  let rest = crc32(text)
  let written = ''
  for (let place = 0; place < checksumLength; place++) {
    written = `${secretCharacters[rest % 62]}${written}`
    rest = Math.floor(rest / 62)
  }
  return written
}

/** Makes a new key: `hadal_<id>_<secret><checksum>`. */
export function newKeyText(): string {
  const text = `${keyPrefix}${randomText(idCharacters, idLength)}_${randomText(secretCharacters, secretLength)}`
  return `${text}${checksum(text)}`
}

/** Returns the parts of a key; undefined if the text is not a key, or has a typo. */
export function parseKeyText(text: string): SentKey | undefined {
  const [, signed, id, sum] = keyPattern.exec(text) ?? []
  if (signed === undefined || id === undefined || sum !== checksum(signed)) return undefined
  return { id, hash: createHash('sha256').update(text).digest() }
}
