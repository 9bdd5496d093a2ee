import { describe, expect, it } from 'vitest'
import { PROVIDER_KEY_VARIABLES } from './container-variables.ts'
import { createFernet, generateFernetKey } from './fernet.ts'
import { ContainerVariablesError, parseContainerVariables } from './parse-container-variables.ts'

const files: Record<string, string> = { '/run/password': 'p@ss/word\n', '/run/key': 'ls-key\n' }
const readFile = (path: string): string => {
  const text = files[path]
  if (text === undefined) throw new Error('no such file')
  return text
}
const parse = (written: Readonly<Record<string, string>>) =>
  parseContainerVariables({ DATABASE_URL: 'postgres://h/d', ...written }, readFile)
const problemsOf = (written: Readonly<Record<string, string>>): readonly string[] => {
  try {
    parse(written)
    return []
  } catch (error) {
    if (error instanceof ContainerVariablesError) return error.problems
    throw error
  }
}

describe("the guide's variables of Redis", () => {
  it('form the address, with a password that is encoded and the usual port', () => {
    expect(parse({ REDIS_HOST: 'cache', REDIS_PASSWORD: 'p@ss/word' }).REDIS_URL).toBe(
      'redis://:p%40ss%2Fword@cache:6379',
    )
    expect(parse({ REDIS_HOST: 'cache', REDIS_PORT: '6380', REDIS_PASSWORD_FILE: '/run/password' }).REDIS_URL).toBe(
      'redis://:p%40ss%2Fword@cache:6380',
    )
    expect(parse({ REDIS_HOST: '2001:db8::1' }).REDIS_URL).toBe('redis://[2001:db8::1]:6379')
    expect(parse({}).REDIS_URL).toBeUndefined()
  })

  it('use TLS where REDIS_TLS is verify', () => {
    expect(parse({ REDIS_HOST: 'cache', REDIS_TLS: 'verify' }).REDIS_URL).toBe('rediss://cache:6379')
  })

  it('are accepted beside an equal REDIS_URL and rejected beside a different one, without a value', () => {
    const url = { REDIS_URL: 'redis://:secret-of-redis@cache:6380' }
    expect(problemsOf({ ...url, REDIS_HOST: 'cache', REDIS_PORT: '6380', REDIS_PASSWORD: 'secret-of-redis' })).toEqual(
      [],
    )
    expect(problemsOf({ ...url, REDIS_HOST: 'other', REDIS_PORT: '6379', REDIS_PASSWORD: 'another-secret' })).toEqual(
      ['REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD'].map(
        (name) => `${name} and REDIS_URL are both set, to different values. Unset one of them.`,
      ),
    )
    expect(problemsOf({ ...url, REDIS_PORT: '6379' })).toHaveLength(1)
    // Other notations of the same address.
    expect(problemsOf({ ...url, REDIS_HOST: 'CACHE' })).toEqual([])
    expect(problemsOf({ REDIS_URL: 'redis://[2001:db8::1]:6379', REDIS_HOST: '2001:DB8::0:1' })).toEqual([])
  })

  it('ignore the address that Kubernetes writes to REDIS_PORT for a Service "redis"', () => {
    const link = { REDIS_PORT: 'tcp://10.96.0.17:6379' }
    expect(problemsOf(link)).toEqual([])
    expect(parse({ ...link, REDIS_URL: 'redis://cache:6380' }).REDIS_URL).toBe('redis://cache:6380')
    expect(parse({ ...link, REDIS_HOST: 'cache' }).REDIS_URL).toBe('redis://cache:6379')
  })

  it('are rejected if they name no address', () => {
    expect(problemsOf({ REDIS_PORT: '6379' })).toEqual([
      'REDIS_PORT is set, but REDIS_HOST is not. Set REDIS_HOST, or REDIS_URL instead.',
    ])
    expect(problemsOf({ REDIS_PASSWORD: 'secret' })).toHaveLength(1)
    expect(problemsOf({ REDIS_HOST: 'cache', REDIS_PORT: '0' })).toEqual([
      'REDIS_PORT = "0": Must be a whole number from 1 to 65535. Change it.',
    ])
    expect(problemsOf({ REDIS_HOST: 'redis://cache' })).toEqual([
      'REDIS_HOST = "redis://cache": Must be a host name or an IP address. Change it, or set REDIS_URL instead.',
    ])
    for (const host of ['user@cache', 'cache?db=1', 'cache#1', 'cache,other', 'cache:6380', ' cache '])
      expect(problemsOf({ REDIS_HOST: host })).toEqual([
        `REDIS_HOST = "${host}": Must be a host name or an IP address. Change it, or set REDIS_URL instead.`,
      ])
    expect(problemsOf({ REDIS_HOST: 'cache', REDIS_PASSWORD_FILE: '/run/gone' })[0]).toContain('REDIS_PASSWORD_FILE')
  })
})

describe('the variables of LangChain', () => {
  it('set those of LangSmith', () => {
    expect(
      parse({
        LANGCHAIN_TRACING_V2: 'true',
        LANGCHAIN_API_KEY_FILE: '/run/key',
        LANGCHAIN_PROJECT: 'production-agents',
        LANGCHAIN_ENDPOINT: 'https://traces.example.com',
      }),
    ).toMatchObject({
      LANGSMITH_TRACING: true,
      LANGSMITH_API_KEY: 'ls-key',
      LANGSMITH_PROJECT: 'production-agents',
      LANGSMITH_ENDPOINT: 'https://traces.example.com',
    })
    expect(parse({ LANGCHAIN_API_KEY: 'ls-key' })).toMatchObject({
      LANGSMITH_API_KEY: 'ls-key',
      LANGSMITH_TRACING: false,
    })
  })

  it('do not trace if any switch is off', () => {
    for (const off of ['LANGSMITH_TRACING', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGSMITH_TRACING_V2']) {
      const on = { LANGSMITH_TRACING: 'true', LANGCHAIN_TRACING_V2: 'true' }
      expect(parse({ ...on, [off]: 'false' }).LANGSMITH_TRACING).toBe(false)
    }
  })

  it('are rejected if a switch is neither true nor false, or a value differs from that of LangSmith', () => {
    expect(problemsOf({ LANGCHAIN_TRACING_V2: 'yes' })).toEqual([
      'LANGCHAIN_TRACING_V2 = "yes": Must be one of "true", "false". Change it.',
    ])
    expect(problemsOf({ LANGCHAIN_PROJECT: 'a', LANGSMITH_PROJECT: 'b' })).toEqual([
      'LANGCHAIN_PROJECT and LANGSMITH_PROJECT are both set, to different values. Unset one of them.',
    ])
    expect(problemsOf({ LANGCHAIN_API_KEY: 'a-secret', LANGSMITH_API_KEY_FILE: '/run/key' })).toEqual([
      'LANGCHAIN_API_KEY and LANGSMITH_API_KEY are both set, to different values. Unset one of them.',
    ])
    expect(problemsOf({ LANGCHAIN_API_KEY: 'ls-key', LANGSMITH_API_KEY_FILE: '/run/key' })).toEqual([])
  })
})

describe.each(PROVIDER_KEY_VARIABLES)("the guide's %s_ENCRYPTED", (name) => {
  const token = createFernet([generateFernetKey()]).encrypt('sk-plain')

  it("sets the provider's key, also from a file", () => {
    files['/run/token'] = `${token}\n`
    expect(parse({ [`${name}_ENCRYPTED`]: token })[name]).toBe(token)
    expect(parse({ [`${name}_ENCRYPTED_FILE`]: '/run/token' })[name]).toBe(token)
    expect(problemsOf({ [`${name}_ENCRYPTED`]: token, [name]: token })).toEqual([])
  })

  it('is rejected with a plain key, and beside another key', () => {
    expect(problemsOf({ [`${name}_ENCRYPTED`]: 'sk-plain' })).toEqual([
      `${name}_ENCRYPTED does not hold a Fernet token. Encrypt the key with "hadal-runtime secrets encrypt", or set ${name} to the plain key.`,
    ])
    expect(problemsOf({ [`${name}_ENCRYPTED`]: token, [name]: 'sk-other' })).toEqual([
      `${name}_ENCRYPTED and ${name} are both set, to different values. Unset one of them.`,
    ])
  })
})
