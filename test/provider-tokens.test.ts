import { fernetKey, fernetToken } from '@hadal/infra/secrets/fernet'
import { openProviderKeys } from '@hadal/runtime/secrets/open-provider-keys'
import { expect, test } from 'vitest'

test('the server opens the tokens that Pulumi makes, with the keys that Pulumi makes', () => {
  const keys = [255, 1].map((byte) => fernetKey(Buffer.alloc(32, byte).toString('base64')))
  for (const key of keys)
    expect(
      openProviderKeys({
        ANTHROPIC_API_KEY: fernetToken(key, 'sk-ant-any'),
        ENCRYPTION_KEY: keys.join(','),
        PROVIDER_KEYS: 'encrypted',
      }),
    ).toEqual({ ANTHROPIC_API_KEY: 'sk-ant-any' })
})
