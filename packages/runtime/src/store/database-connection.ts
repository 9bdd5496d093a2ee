import { readFileSync } from 'node:fs'
import { checkServerIdentity } from 'node:tls'
import type pg from 'pg'

/** TLS settings that require a valid server certificate with the server's host name. */
export interface VerifiedTls {
  /** Path of the PEM file with the CA certificate. Default: `sslrootcert` of the address, else the CAs that Node trusts. */
  readonly caFile?: string
}

/**
 * Returns the connection options of `pg` for an address.
 *
 * @param tls if set, replaces all TLS parameters of the address: the certificate must be valid for the host of the address
 * @throws Error if the CA file can't be read
 */
export function databaseConnection(
  url: string,
  tls: VerifiedTls | undefined,
): Pick<pg.ClientConfig, 'connectionString' | 'ssl'> {
  if (!tls) return { connectionString: url }
  const address = new URL(url)
  const { searchParams } = address
  const caFile = tls.caFile ?? searchParams.get('sslrootcert') ?? undefined
  const host = searchParams.get('host') ?? address.hostname.replace(/^\[(.+)\]$/, '$1')
  // In `pg`, parameters of the address override the options beside it.
  for (const name of [...searchParams.keys()]) if (/^(ssl|uselibpqcompat)/.test(name)) searchParams.delete(name)
  return { connectionString: address.href, ssl: verifying(host, caFile) }
}

function verifying(host: string, caFile: string | undefined): NonNullable<pg.ClientConfig['ssl']> {
  const checked = {
    rejectUnauthorized: true,
    // If the host is an IP address, Node's default check compares the certificate with "localhost".
    checkServerIdentity: (_name: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      checkServerIdentity(host, certificate),
  } as const
  if (caFile === undefined) return checked
  let authority = readAuthority(caFile)
  return {
    ...checked,
    // `pg` reads the options for each new connection, so a renewed CA file takes effect without a restart. While the file is being replaced, the
    // last content is used: an error thrown here could not be caught.
    get ca() {
      try {
        authority = readAuthority(caFile)
      } catch {}
      return authority
    },
  }
}

function readAuthority(caFile: string): string {
  try {
    return readFileSync(caFile, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Can't read the CA file of the database, "${caFile}": ${reason}. Mount the file.`)
  }
}

const certificateCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_)/

/** Explains as part of a sentence why a connection failed. For a TLS error, it also says what to do. */
export function whyNoConnection(error: Error): string {
  const reason = error.message || error.name
  if (reason === 'The server does not support SSL connections')
    return 'the server does not support TLS, which is required. Enable TLS on the server.'
  if ('code' in error && typeof error.code === 'string' && certificateCodes.test(error.code))
    return (
      `its certificate is invalid: ${reason}. ` +
      'Set DATABASE_CA_FILE to the certificate of its CA, and use the host name of the certificate in the address.'
    )
  return `${reason}.`
}
