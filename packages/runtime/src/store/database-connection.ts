import { readFileSync } from 'node:fs'
import { checkServerIdentity } from 'node:tls'
import type pg from 'pg'

/** No connection without a certificate that was checked, its name too. */
export interface VerifiedTls {
  /** PEM of the authority that signed the certificate. Without it `sslrootcert` of the address, else those that Node knows. */
  readonly caFile?: string
}

/**
 * How `pg` connects to an address.
 *
 * @param tls undefined: as the address says. Else whatever it says about TLS does not count, and the certificate must name its host
 * @throws Error with a sentence when the authority's file can't be read
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
  // `pg` lets an address overrule the options beside it.
  for (const name of [...searchParams.keys()]) if (/^(ssl|uselibpqcompat)/.test(name)) searchParams.delete(name)
  return { connectionString: address.href, ssl: verifying(host, caFile) }
}

function verifying(host: string, caFile: string | undefined): NonNullable<pg.ClientConfig['ssl']> {
  const checked = {
    rejectUnauthorized: true,
    // Node itself compares with "localhost" where the host is an address and no name.
    checkServerIdentity: (_name: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      checkServerIdentity(host, certificate),
  } as const
  if (caFile === undefined) return checked
  let authority = readAuthority(caFile)
  return {
    ...checked,
    // `pg` reads the options anew for each connection: an authority that was renewed counts from the next one on. What was read last counts
    // while the file is being replaced; thrown here, an error would reach nobody.
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
    throw new Error(`The authority of the database's certificate, "${caFile}", can't be read (${reason}). Mount it.`)
  }
}

const certificateCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_)/

/** Why there is no connection, as part of a sentence; with a way out where it is for TLS. */
export function whyNoConnection(error: Error): string {
  const reason = error.message || error.name
  if (reason === 'The server does not support SSL connections')
    return 'the server speaks no TLS, and none is spoken to without it. Switch its TLS on.'
  if ('code' in error && typeof error.code === 'string' && certificateCodes.test(error.code))
    return (
      `its certificate does not hold (${reason}). ` +
      'Give the authority that signed it in DATABASE_CA_FILE, and the host that it names in the address.'
    )
  return `${reason}.`
}
