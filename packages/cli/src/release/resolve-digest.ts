import { createHash } from 'node:crypto'
import { PlainError } from '../plain-error.ts'
import type { ImageReference } from './image-reference.ts'
import type { RegistryLogin } from './registry-login.ts'

/** Accepted media types. An index, i.e. an image for several platforms, comes first because its digest is valid on every node. */
const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const timeout = 30_000
const isDigest = /^sha256:[0-9a-f]{64}$/

/**
 * Resolves the tag of an image to its current digest, with the OCI distribution API of its registry.
 *
 * @throws {PlainError} if the registry is unavailable, denies access, or has no such tag
 */
export async function resolveDigest(image: ImageReference, login: RegistryLogin): Promise<string> {
  const { host, path, tag } = image
  const address = `${baseAddress(host)}/v2/${path}/manifests/${tag}`
  const first = await ask(image, address, 'HEAD', undefined)
  const authorization = first.status === 401 ? await authorize(image, first, login) : undefined
  const answer = authorization ? await ask(image, address, 'HEAD', authorization) : first
  if (!answer.ok) throw refusal(image, answer, login(host) !== undefined)
  const stated = answer.headers.get('docker-content-digest')
  if (stated !== null && isDigest.test(stated)) return stated
  // The header is optional. The digest is the SHA-256 hash of the manifest.
  const whole = await ask(image, address, 'GET', authorization)
  if (!whole.ok) throw refusal(image, whole, login(host) !== undefined)
  return `sha256:${createHash('sha256')
    .update(Buffer.from(await whole.arrayBuffer()))
    .digest('hex')}`
}

/** Base URL of a registry: plain HTTP on loopback addresses, as in Docker, and HTTPS everywhere else. */
const baseAddress = (host: string): string => {
  if (/^(localhost|127\.0\.0\.1)(:|$)/.test(host)) return `http://${host}`
  return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`
}

async function ask(
  { repository, tag, host }: ImageReference,
  address: string,
  method: 'HEAD' | 'GET',
  authorization: string | undefined,
): Promise<Response> {
  try {
    return await fetch(address, {
      method,
      headers: { accept: mediaTypes, ...(authorization ? { authorization } : {}) },
      signal: AbortSignal.timeout(timeout),
    })
  } catch (error) {
    throw new PlainError(
      `${repository}:${tag}: ${host} is unreachable (${reasonOf(error)}). Check the name and the network.`,
    )
  }
}

/** Value of the Authorization header for a registry's challenge: Basic, or a token from the service that the challenge names. */
async function authorize(image: ImageReference, challenged: Response, login: RegistryLogin): Promise<string> {
  const { host, path, repository, tag } = image
  const challenge = challenged.headers.get('www-authenticate') ?? ''
  const basic = login(host)
  if (/^basic\b/i.test(challenge)) {
    if (basic) return `Basic ${basic}`
    throw refusal(image, challenged, false)
  }
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]))
  if (!/^bearer\b/i.test(challenge) || !fields.realm || !isSafe(fields.realm)) {
    throw new PlainError(
      `${repository}:${tag}: ${host} requires an unsupported login method ("${challenge}"). Supported: Basic and Bearer over https.`,
    )
  }
  const address = new URL(fields.realm)
  if (fields.service) address.searchParams.set('service', fields.service)
  address.searchParams.set('scope', fields.scope ?? `repository:${path}:pull`)
  const answer = await ask(image, address.href, 'GET', basic ? `Basic ${basic}` : undefined)
  if (!answer.ok) throw refusal(image, answer, basic !== undefined)
  const { token, access_token } = (await answer.json().catch(() => ({}))) as { token?: string; access_token?: string }
  const given = token ?? access_token
  if (!given)
    throw new PlainError(
      `${repository}:${tag}: ${address.host} returned no token. Try again later, or contact the registry's operator.`,
    )
  return `Bearer ${given}`
}

/** Whether a password may be sent to the address: only over HTTPS or to loopback. */
function isSafe(realm: string): boolean {
  const address = URL.parse(realm)
  if (!address) return false
  return address.protocol === 'https:' || ['localhost', '127.0.0.1'].includes(address.hostname)
}

function refusal(
  { host, repository, tag }: ImageReference,
  { status, headers }: Response,
  loggedIn: boolean,
): PlainError {
  const image = `${repository}:${tag}`
  switch (status) {
    case 401:
    case 403: {
      const mend = loggedIn
        ? 'Check the name, and that the account may pull the image.'
        : `Check the name; for a private image run "docker login ${host}" first.`
      return new PlainError(`${image}: ${host} denied access (${status}). ${mend}`)
    }
    case 404:
      return new PlainError(`${image}: ${host} has no such image or tag. Check the name, or push it first.`)
    case 429: {
      const wait = headers.get('retry-after')
      return new PlainError(
        `${image}: ${host} reports too many requests. Try again ${wait ? `in ${wait} s` : 'later'}.`,
      )
    }
    default:
      return new PlainError(
        `${image}: ${host} returned status ${status}. Try again later, or contact the registry's operator.`,
      )
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`
  const cause = error.cause as { code?: string; message?: string } | undefined
  return cause?.code ?? cause?.message ?? error.message
}
