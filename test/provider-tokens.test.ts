import { providerToken } from '@hadal/infra/secrets/provider-token'
import { fernetKey } from '@hadal/platform/fernet'
import { openProviderKeys } from '@hadal/runtime/secrets/open-provider-keys'
import { expect, test } from 'vitest'

test('the server decrypts the tokens that Pulumi creates, with the keys that Pulumi creates', () => {
  const keys = [255, 1].map((byte) => fernetKey(Buffer.alloc(32, byte)))
  for (const key of keys)
    expect(
      openProviderKeys({
        ANTHROPIC_API_KEY: providerToken(key, 'sk-ant-any'),
        ENCRYPTION_KEY: keys.join(','),
        PROVIDER_KEYS: 'encrypted',
      }),
    ).toEqual({ ANTHROPIC_API_KEY: 'sk-ant-any' })
})
