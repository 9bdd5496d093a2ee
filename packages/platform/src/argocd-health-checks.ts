import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'argocd-health')

/**
 * Health checks for kinds for which Argo CD has no check, as entries of its ConfigMap `argocd-cm`. Each is a file
 * `argocd-health/<group>_<Kind>.lua`. To add a health check, add a file.
 */
export function healthChecks(): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.lua'))
  const entry = (file: string): [string, string] => [
    `resource.customizations.health.${file.slice(0, -'.lua'.length)}`,
    readFileSync(join(folder, file), 'utf8'),
  ]
  return Object.fromEntries(files.sort().map(entry))
}
