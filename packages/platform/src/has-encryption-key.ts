import type { Environment } from './environment.ts'

/**
 * Whether the servers of an environment get the Secret `encryption-keys`: for the providers' keys of a protected environment, for stored data that must be
 * encrypted, and, with sign-in, for the credentials of requests, which the runs of a user may use.
 */
export const hasEncryptionKey = ({
  access,
  encryption,
  protected: isProtected,
}: Pick<Environment, 'access' | 'encryption' | 'protected'>): boolean =>
  isProtected || encryption === 'required' || access.kind !== 'open'
