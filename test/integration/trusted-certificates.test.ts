import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rendered } from '@hadal/charts/fixtures/rendered'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { makeAuthority, makeCertificate } from '@hadal/runtime/fixtures/certificates'
import { expect, test } from 'vitest'

const run = promisify(execFile)

test('a server with a certificate of a trusted CA is reached, also from a child process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-trusted-'))
  const authority = await makeAuthority(folder, 'gateway-ca')
  const unrelated = await makeAuthority(folder, 'unrelated-ca')
  const { certificate, key } = await makeCertificate(folder, 'gateway', ['127.0.0.1'], authority)
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) =>
    response.end('reached'),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')

  const fetchWith = async (trusted: Record<string, string>) => {
    const environment = soundEnvironment({ trustedCertificates: trusted })
    const path = 'agent/ConfigMap.deep-agents-trusted-certificates.yaml'
    const file = join(folder, 'ca.crt')
    writeFileSync(file, String(rendered(environment, path, 'data', 'ca.crt')))
    const program = `
      const { spawnSync } = require('node:child_process')
      if (!process.argv[1]) process.exit(spawnSync(process.execPath, ['-e', process.env.PROGRAM, 'child'], { stdio: 'inherit' }).status)
      fetch('https://127.0.0.1:${address.port}').then((it) => it.text()).then(console.log, (error) => console.log(error.cause.code))`
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: file, PROGRAM: program }
    return (await run(process.execPath, ['-e', program], { env })).stdout.trim()
  }
  const pem = (file: string) => readFileSync(file, 'utf8')
  try {
    expect(await fetchWith({ unrelated: pem(unrelated.certificate) })).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    expect(await fetchWith({ unrelated: pem(unrelated.certificate), zgateway: pem(authority.certificate) })).toBe(
      'reached',
    )
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
