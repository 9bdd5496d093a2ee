import { Access } from '@hadal/platform/access'
import { expect, test } from 'vitest'
import { allowedHosts } from './allowed-hosts.ts'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']
const variables = (kind: 'open' | 'custom', HOST: string) => ({
  ACCESS: Access.parse({ kind }),
  HOST,
  ALLOWED_HOSTS: ['tunnel.example.com'],
})

test('a server that lets callers in without a check on a loopback address always allows only a list of host names', () => {
  const all = [...loopbackNames, 'tunnel.example.com']
  expect(allowedHosts(variables('open', '127.0.0.1'), false)).toEqual(all)
  expect(allowedHosts(variables('custom', '127.0.0.1'), true)).toEqual(all)
  expect(allowedHosts({ ...variables('custom', '127.0.0.1'), ALLOWED_HOSTS: [] }, true)).toEqual(loopbackNames)
})

test('another server allows every host name, or the given ones', () => {
  expect(allowedHosts(variables('custom', '127.0.0.1'), false)).toEqual(['tunnel.example.com'])
  expect(allowedHosts({ ...variables('open', '0.0.0.0'), ALLOWED_HOSTS: [] }, false)).toEqual([])
})
