import { execFileSync } from 'node:child_process'
import { createFernet, generateFernetKey } from '@hadal/platform/fernet'
import { runProgram } from '@hadal/runtime/fixtures/server-process'
import { describe, expect, test } from 'vitest'

const texts = ['', 'sk-ant-api03-x', '0123456789abcdef', 'schlüssel 鍵 🔑', 'x'.repeat(5_000)]
const [older, newer] = [generateFernetKey(), generateFernetKey()]
const keys = [newer, older]

/** Runs a Python program with a JSON value on its standard input and returns the JSON that it prints. */
function python<Result>(program: string, input: unknown): Result {
  const script = `import json, sys\nfrom cryptography.fernet import Fernet, MultiFernet\ngiven = json.load(sys.stdin)\n${program}`
  return JSON.parse(execFileSync('python3', ['-c', script], { input: JSON.stringify(input), encoding: 'utf8' }))
}
const multi = 'fernet = MultiFernet([Fernet(key) for key in given["keys"]])\n'
const encrypted = (under: readonly string[], plain: readonly string[]): string[] =>
  python(`${multi}json.dump([fernet.encrypt(text.encode()).decode() for text in given["texts"]], sys.stdout)`, {
    keys: under,
    texts: plain,
  })
const decrypted = (under: readonly string[], tokens: readonly string[]): string[] =>
  python(`${multi}json.dump([fernet.decrypt(token.encode()).decode() for token in given["tokens"]], sys.stdout)`, {
    keys: under,
    tokens,
  })

describe("Fernet and Python's cryptography", () => {
  test("Hadal decrypts Python's tokens with the first and with another key", () => {
    for (const under of [[newer], [older]])
      expect(encrypted(under, texts).map((token) => createFernet(keys).decrypt(token))).toEqual(texts)
  })

  test("Python decrypts Hadal's tokens with the first and with another key", () => {
    for (const under of [[newer], [older]]) {
      const tokens = texts.map((text) => createFernet(under).encrypt(text))
      expect(decrypted(keys, tokens)).toEqual(texts)
    }
  })

  test('each decrypts tokens that the other rotated, and both keep the time of the token', () => {
    const [mine = ''] = [createFernet([older]).encrypt('mine', { seconds: 1_700_000_000 })]
    const rotatedThere: string = python(
      `${multi}json.dump(fernet.rotate(given["token"].encode()).decode(), sys.stdout)`,
      { keys, token: mine },
    )
    expect(createFernet([newer]).decrypt(rotatedThere)).toBe('mine')
    const times: number[] = python(
      'json.dump([Fernet(given["key"]).extract_timestamp(token.encode()) for token in given["tokens"]], sys.stdout)',
      { key: newer, tokens: [rotatedThere, createFernet(keys).rotate(mine)] },
    )
    expect(times).toEqual([1_700_000_000, 1_700_000_000])
  })

  test('each accepts a key that the other generated', () => {
    const theirs: string = python('json.dump(Fernet.generate_key().decode(), sys.stdout)', null)
    expect(decrypted([theirs], [createFernet([theirs]).encrypt('text')])).toEqual(['text'])
    expect(encrypted([generateFernetKey()], ['text'])).toHaveLength(1)
  })

  test('both reject the same tokens', () => {
    const token = createFernet([newer]).encrypt('text')
    const spoiled = [
      token.slice(0, -4),
      token.replace(/^g/, 'h'),
      `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`,
      createFernet([generateFernetKey()]).encrypt('text'),
      '',
      'plain',
    ]
    const there: boolean[] = python(
      `${multi}def opens(token):\n  try: fernet.decrypt(token.encode()); return True\n  except Exception: return False\njson.dump([opens(token) for token in given["tokens"]], sys.stdout)`,
      { keys, tokens: [token, ...spoiled] },
    )
    const here = [token, ...spoiled].map((one) => {
      try {
        return createFernet(keys).decrypt(one) === 'text'
      } catch {
        return false
      }
    })
    expect(there).toEqual([true, ...spoiled.map(() => false)])
    expect(here).toEqual(there)
  })
})

test('hadal-runtime generates a key that Python accepts', async () => {
  const { code, output, errors } = await runProgram(['secrets', 'generate-key'], {})
  expect([code, errors]).toEqual([0, ''])
  expect(createFernet([output.trim()]).decrypt(encrypted([output.trim()], ['text'])[0] ?? '')).toBe('text')
})
