import { isObject } from '@hadal/middleware/unknown-value'
import { openedBytes, type SealedPlace, type Seals } from './seals.ts'

/** Reserved field of JSON columns. Its value has the encrypted JSON in Base64 for each column that stores it, by the column's name. */
export const sealedField = 'hadal:sealed'

/** JSON object that is stored in place of a sealed value. */
interface Envelope {
  readonly [sealedField]: Readonly<Record<string, string>>
}

export const isSealed = (value: unknown): value is Envelope => isObject(value) && isObject(value[sealedField])

/**
 * Returns the JSON text for a column: an envelope, if the server encrypts what it writes.
 *
 * @param places the columns that get the value. A statement that writes it to two columns needs it sealed for both
 * @param plain fields that stay readable in SQL
 */
export function sealedJson(
  seals: Seals | undefined,
  text: string,
  places: readonly SealedPlace[],
  plain: Readonly<Record<string, unknown>> = {},
): string {
  if (!seals?.writes) return text
  const bytes = Buffer.from(text)
  const sealed = places.map((place) => [place[0] ?? '', seals.sealer.seal(bytes, place).toString('base64')])
  return JSON.stringify({ [sealedField]: Object.fromEntries(sealed), ...plain })
}

/** Returns the JSON text in an envelope. @throws {SealError} if it can't be opened */
export const openedEnvelope = (seals: Seals | undefined, envelope: Envelope, place: SealedPlace): string =>
  openedBytes(seals, Buffer.from(envelope[sealedField][place[0] ?? ''] ?? '', 'base64'), place).toString('utf8')

/** Returns a column's value, opened if it is sealed. @throws {SealError} if it can't be opened */
export const openedJson = (seals: Seals | undefined, value: unknown, place: SealedPlace): unknown =>
  isSealed(value) ? JSON.parse(openedEnvelope(seals, value, place)) : value

/**
 * Replaces the encrypted columns of a row by getters that decrypt them. So a row that can't be decrypted can still be locked and deleted: only a
 * read of the column throws.
 */
export function openedOnUse<Row extends object>(
  seals: Seals | undefined,
  row: Row,
  places: Readonly<Record<string, SealedPlace>>,
): Row {
  for (const [column, place] of Object.entries(places)) {
    const value: unknown = Reflect.get(row, column)
    if (!isSealed(value)) continue
    let opened: { readonly value: unknown } | undefined
    Object.defineProperty(row, column, {
      enumerable: true,
      configurable: true,
      get: () => {
        opened ??= { value: openedJson(seals, value, place) }
        return opened.value
      },
    })
  }
  return row
}

const textPrefix = `${sealedField}:`

/** Returns the text for a column: encrypted, if the server encrypts what it writes. No JSON text begins with the prefix of an encrypted text. */
export function sealedText(seals: Seals | undefined, text: string, place: SealedPlace): string {
  if (!seals?.writes) return text
  return `${textPrefix}${seals.sealer.seal(Buffer.from(text), place).toString('base64')}`
}

/** Returns the text of a column, decrypted if it is encrypted. @throws {SealError} if it can't be decrypted */
export function openedText(seals: Seals | undefined, text: string, place: SealedPlace): string {
  if (!text.startsWith(textPrefix)) return text
  return openedBytes(seals, Buffer.from(text.slice(textPrefix.length), 'base64'), place).toString('utf8')
}
