import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'

/** Maximum size of an operator's manifests in bytes. The largest in 2026, prometheus-operator's, has 4.5 MB. */
const mostBytes = 32 * 1024 * 1024
const timeoutMs = 60_000
const mostRedirects = 5

/** Bytes of an operator's manifests. */
export interface Fetched {
  readonly bytes: Buffer
  readonly text: string
  /** Address from which the manifests came after redirects, or their path in the repository. */
  readonly servedBy: string
}

/**
 * Reads the manifests of an operator from an address or from a path in the repository. Only what is certainly not a manifest is rejected here:
 * an HTML page, an archive, a text that is not UTF-8, an empty or a very large file.
 *
 * @param source an https address (http on loopback only), or a path
 * @param root the repository's root, to which a path is relative
 * @throws Error with a sentence that names the source
 */
export async function fetchManifests(source: string, root: string): Promise<Fetched> {
  const { bytes, servedBy } = isAddress(source) ? await download(source) : await readPath(source, root)
  const sized = `${servedBy} (${bytes.length} bytes)`
  if (bytes.length === 0) throw new Error(`${servedBy} is empty. Check the address or the path.`)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new Error(
      `${sized} is a gzip archive, such as a Helm chart, not a manifest. Render the chart into a file of this repository, e.g. "helm template <release> <chart> --include-crds > infra/operators/<operator>.yaml", and pin that file.`,
    )
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw new Error(`${sized} is a zip archive, not a manifest. Extract it and pin the manifest in it.`)
  const text = utf8(bytes)
  if (text === undefined) throw new Error(`${sized} is not a UTF-8 text, so it is not a manifest. Check the address.`)
  if (/^\s*</.test(text))
    throw new Error(
      `${sized} is an HTML or XML page, not a manifest. Check that the address leads to the file itself and needs no login.`,
    )
  return { bytes, text, servedBy }
}

const isAddress = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source)

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Path relative to the repository's root. @throws Error if it leads out of the repository, where other checkouts don't have the file */
export function pathInRepository(path: string, root: string): string {
  const inside = relative(root, resolve(root, path))
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
    throw new Error(
      `${path} is not a file in this repository. Copy it into infra/operators/ and commit it, so that everyone installs the same file.`,
    )
  return inside
}

async function readPath(path: string, root: string): Promise<Omit<Fetched, 'text'>> {
  const servedBy = pathInRepository(path, root)
  try {
    const { size } = await stat(join(root, servedBy))
    if (size > mostBytes) throw tooLarge(servedBy)
    return { bytes: await readFile(join(root, servedBy)), servedBy }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(`${servedBy} does not exist in this repository. Check the path.`)
    throw error
  }
}

const tooLarge = (source: string): Error =>
  new Error(`${source} has more than ${mostBytes / 1024 / 1024} MiB, so it is not read. Check the address.`)

async function download(source: string): Promise<Omit<Fetched, 'text'>> {
  const signal = AbortSignal.timeout(timeoutMs)
  let address = allowedAddress(source)
  for (let redirects = 0; ; redirects += 1) {
    const response = await ask(address, signal)
    const target = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && target !== null) {
      await response.body?.cancel()
      if (redirects === mostRedirects)
        throw new Error(`${source} redirects more than ${mostRedirects} times. Use the address of the file itself.`)
      address = allowedAddress(new URL(target, address).href, source)
      continue
    }
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`${address} returned status ${response.status}. ${remedyFor(response.status)}`)
    }
    return { bytes: await readBody(response, address), servedBy: address }
  }
}

/** Returns the address if requests to it are allowed. @param from address that redirected to it @throws Error for a forbidden address */
function allowedAddress(address: string, from?: string): string {
  const url = URL.parse(address)
  const says = from === undefined ? address : `${from} redirects to ${address}, which`
  if (!url || url.host === '') throw new Error(`${says} is not a valid address.`)
  if (url.username !== '' || url.password !== '')
    throw new Error(
      `The address at ${url.host} contains a user or a password, which would be committed. Serve the file without a login, or commit it to this repository and pin its path.`,
    )
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return address
  throw new Error(`${says} is not an https address. Use https, or a path in this repository.`)
}

async function ask(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal, redirect: 'manual' })
  } catch (error) {
    throw new Error(`${address} could not be fetched: ${reasonOf(error)}. Check the address and the network.`)
  }
}

async function readBody(response: Response, address: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > mostBytes) throw tooLarge(address)
      chunks.push(chunk)
    }
  } catch (error) {
    if (size > mostBytes) throw error
    throw new Error(`${address} ended after ${size} bytes: ${reasonOf(error)}. Try again.`)
  }
  return Buffer.concat(chunks)
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403) return 'The file needs a login. Commit it to this repository and pin its path.'
  return status === 404 ? 'Check the version and the address.' : 'Try again later.'
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no complete answer within ${timeoutMs / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' && cause.message === '' ? cause.code : cause.message
}
