import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A registry's user and password, encoded as HTTP's Basic wants them; undefined where `docker login` left none. */
export type RegistryLogin = (host: string) => string | undefined

/** Reads what `docker login` and `podman login` write; passwords in a credential helper are not read. */
export function dockerLogin(file = join(homedir(), '.docker', 'config.json')): RegistryLogin {
  return (host) => {
    try {
      const { auths } = JSON.parse(readFileSync(file, 'utf8')) as { auths?: Record<string, { auth?: string }> }
      // Docker Hub is logged in to under its oldest address.
      const names = host === 'docker.io' ? ['docker.io', 'https://index.docker.io/v1/'] : [host, `https://${host}`]
      return names.map((name) => auths?.[name]?.auth).find((auth) => auth !== undefined && auth !== '')
    } catch {
      // No file, or none of Docker's: then nobody logged in, and the registry will say whether it minds.
      return undefined
    }
  }
}
