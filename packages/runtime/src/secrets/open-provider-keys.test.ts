import { createFernet, generateFernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { openProviderKeys } from './open-provider-keys.ts'

const [older, newer] = [generateFernetKey(), generateFernetKey()]
const plain = 'sk-ant-api03-canary'
const token = createFernet([older]).encrypt(plain)

/** Returns the message of the error for invalid provider keys. It must not contain any secret value. */
function problemsOf(written: Parameters<typeof openProviderKeys>[0]): string {
  try {
    openProviderKeys(written)
    return 'none'
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    for (const secret of [plain, token, older, newer, 'sk-openai-canary']) expect(message).not.toContain(secret)
    return message
  }
}

describe("a provider's key", () => {
  test('is used as it is, or decrypted from its token with any of the keys', () => {
    const written = { ANTHROPIC_API_KEY: token, OPENAI_API_KEY: 'sk-openai-canary', PROVIDER_KEYS: 'plain' } as const
    for (const ENCRYPTION_KEY of [older, `${newer},${older}`, `${newer}\n${older}\n`, ` ${older} , ${newer} `])
      expect(openProviderKeys({ ...written, ENCRYPTION_KEY })).toEqual({
        ANTHROPIC_API_KEY: plain,
        OPENAI_API_KEY: 'sk-openai-canary',
      })
    expect(openProviderKeys({ PROVIDER_KEYS: 'encrypted' })).toEqual({})
  })

  test('loses a line break that was encrypted with it', () => {
    const ANTHROPIC_API_KEY = createFernet([older]).encrypt(`${plain}\n`)
    expect(openProviderKeys({ ANTHROPIC_API_KEY, ENCRYPTION_KEY: older, PROVIDER_KEYS: 'encrypted' })).toEqual({
      ANTHROPIC_API_KEY: plain,
    })
  })

  test('that is plain is rejected if keys must be encrypted, and the error says what to do', () => {
    const written = { ANTHROPIC_API_KEY: plain, OPENAI_API_KEY: 'sk-openai-canary', ENCRYPTION_KEY: older } as const
    expect(problemsOf({ ...written, PROVIDER_KEYS: 'encrypted' })).toBe(
      'The provider keys are invalid:\n' +
        ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY']
          .map(
            (name) =>
              `- ${name} holds a plain key, but PROVIDER_KEYS is "encrypted". Encrypt it with "hadal-runtime secrets encrypt" and replace the key by the token.`,
          )
          .join('\n'),
    )
  })

  test('that is a token is rejected without the key that encrypted it', () => {
    expect(problemsOf({ ANTHROPIC_API_KEY: token, PROVIDER_KEYS: 'plain' })).toContain(
      'ANTHROPIC_API_KEY holds a Fernet token, but ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE',
    )
    expect(problemsOf({ ANTHROPIC_API_KEY: token, ENCRYPTION_KEY: newer, PROVIDER_KEYS: 'plain' })).toContain(
      "ANTHROPIC_API_KEY holds a Fernet token that can't be decrypted: None of the 1 keys decrypts the token. Add the key",
    )
  })

  test('gives one error if the encryption keys are invalid', () => {
    const problems = problemsOf({ ANTHROPIC_API_KEY: token, ENCRYPTION_KEY: `${older},oops`, PROVIDER_KEYS: 'plain' })
    expect(problems.split('\n')).toEqual([
      'The provider keys are invalid:',
      '- ENCRYPTION_KEY is invalid: Key 2 of 2 is invalid: it is not 32 bytes in URL-safe Base64. Generate one with "hadal-runtime secrets generate-key".',
    ])
  })
})
