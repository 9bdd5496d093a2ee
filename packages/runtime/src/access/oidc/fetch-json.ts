import { isLoopback } from '../is-loopback.ts'

/** Maximum size in bytes of a document of the issuer. The keys of large issuers have about 20 KiB. */
const mostBytes = 512 * 1024

/** Whether no other machine can change the response of an address: https, or http on a loopback address. */
export function isProtected(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/**
 * Reads a JSON document of the issuer.
 *
 * @throws Error with a reason for the log: the address is not https, the response redirects, is too large, takes too long, or is not JSON
 */
export async function fetchJson(address: string, timeoutMs: number): Promise<unknown> {
  if (!isProtected(address)) throw new Error(`${address} is not an https address`)
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    // A redirect could lead to an address that nobody has configured.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel()
    throw new Error(`${address} answers with the status ${response.status}`)
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body) {
    bytes += part.byteLength
    if (bytes > mostBytes) throw new Error(`${address} answers with more than ${mostBytes} bytes`)
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch (error) {
    throw new Error(`${address} does not answer with JSON`, { cause: error })
  }
}
