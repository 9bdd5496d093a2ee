import { expect, test } from 'vitest'
import { checkOpenAccess } from './check-open-access.ts'

const open = { kind: 'open' } as const
const keys = { kind: 'api-keys', share: 'none', approvalByOthers: false, trustSeconds: 60 } as const
const refuses = (variables: Parameters<typeof checkOpenAccess>[0], isSet: boolean): boolean => {
  try {
    checkOpenAccess(variables, isSet)
    return false
  } catch (error) {
    expect(String(error)).toContain('ACCESS is not set')
    return true
  }
}

test.each([undefined, '0.0.0.0', '::', '10.0.0.5', 'localhost.example.com', '128.0.0.1'])(
  'a server without sign-in on the address %s needs an explicit ACCESS',
  (HOST) => {
    expect(refuses({ ACCESS: open, HOST, ROLE: 'all' }, false)).toBe(true)
    expect(refuses({ ACCESS: open, HOST, ROLE: 'api' }, false)).toBe(true)
    expect(refuses({ ACCESS: open, HOST, ROLE: 'all' }, true)).toBe(false)
    expect(refuses({ ACCESS: open, HOST, ROLE: 'worker' }, false)).toBe(false)
    expect(refuses({ ACCESS: keys, HOST, ROLE: 'all' }, true)).toBe(false)
  },
)

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])(
  'a server without sign-in on the loopback address %s needs none',
  (HOST) => {
    expect(refuses({ ACCESS: open, HOST, ROLE: 'all' }, false)).toBe(false)
  },
)
