import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Returns a registry's user and password, encoded for HTTP Basic authentication. Undefined if `docker login` stored none. */
export type RegistryLogin = (host: string) => string | undefined

/** Reads the logins that `docker login` and `podman login` store in a file. Logins in a credential helper are not read. */
export function dockerLogin(file = join(homedir(), '.docker', 'config.json')): RegistryLogin {
  return (host) => {
    try {
      const { auths } = JSON.parse(readFileSync(file, 'utf8')) as { auths?: Record<string, { auth?: string }> }
      // Docker Hub is logged in to under its oldest address.
      const names = host === 'docker.io' ? ['docker.io', 'https://index.docker.io/v1/'] : [host, `https://${host}`]
      return names.map((name) => auths?.[name]?.auth).find((auth) => auth !== undefined && auth !== '')
    } catch {
      // No file, or one of another format: there is no login, and the registry decides whether it needs one.
      return undefined
    }
  }
}
