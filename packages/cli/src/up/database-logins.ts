import { createHash } from 'node:crypto'

/** User name and password of a database role. */
interface Login {
  readonly username: string
  readonly password: string
}

/**
 * Returns the logins of the server's two roles in the embedded database, besides the role that owns the tables.
 *
 * @param password password of the role that owns the tables, from which the others are derived
 */
export function databaseLogins(password: string): { readonly application: Login; readonly loops: Login } {
  const login = (username: string): Login => ({
    username,
    password: createHash('sha256').update(`${username} ${password}`).digest('base64url'),
  })
  return { application: login('hadal_application'), loops: login('hadal_loops') }
}
