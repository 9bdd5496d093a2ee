import { SignInRefused } from '../sign-in-refused.ts'
import { keyPrefix, parseKeyText, type SentKey } from './key-text.ts'

/**
 * Returns the API key of a request: the header `x-api-key`, or `Authorization: Bearer`. LangGraph's clients send a key of LangSmith from the environment
 * as `x-api-key`, so a value that is not a key of Hadal does not hide the other header.
 *
 * @throws {SignInRefused} without a valid key; the sentence never has the key
 */
export function sentKey({ headers }: Request): SentKey {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  const sent = [headers.get('x-api-key'), bearer].filter((text) => typeof text === 'string' && text !== '')
  const [text, other] = new Set(sent.filter((one) => one?.startsWith(keyPrefix)))
  if (typeof text !== 'string') {
    throw new SignInRefused(
      sent.length === 0 ? 'missing' : 'invalid',
      `This server requires an API key that begins with "${keyPrefix}". Send it as the header x-api-key, or as Authorization: Bearer. ` +
        'An administrator makes one with "hadal-runtime keys create".',
    )
  }
  if (other !== undefined) {
    throw new SignInRefused('invalid', 'The headers x-api-key and Authorization have different API keys. Send one key.')
  }
  const key = parseKeyText(text)
  if (key) return key
  throw new SignInRefused(
    'invalid',
    'The API key is mistyped or incomplete: its checksum does not match. Copy the whole key again.',
  )
}
