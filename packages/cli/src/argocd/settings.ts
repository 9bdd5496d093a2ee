import { readFileSync } from 'node:fs'
import { healthChecks } from '@hadal/platform/argocd-health-checks'
import { isRecord } from '@hadal/platform/is-record'
import { parse, stringify } from 'yaml'
import { PlainError } from '../plain-error.ts'

const configMap = 'argocd-cm'

const explanation = `# Health checks for Argo CD's ConfigMap ${configMap}. Without them, a sync does not wait for these kinds, and an Application that is
# Healthy says nothing about them. Merge them in; other entries of the ConfigMap stay:
#   npx hadal argocd settings > settings.yaml
#   kubectl -n argocd patch configmap ${configMap} --type merge --patch-file settings.yaml
`

/** Patch for Argo CD's ConfigMap with the health checks, as YAML. */
export const settingsPatch = (): string => explanation + stringify({ data: healthChecks() }, { lineWidth: 0 })

/**
 * Compares Argo CD's ConfigMap with the health checks and writes one line per entry that is missing or differs.
 *
 * @param file output of `kubectl get configmap argocd-cm -o yaml`, or `-` for standard input
 * @returns the exit status: 0 if the ConfigMap contains every health check, else 1
 * @throws {PlainError} if the file can't be read or is not that ConfigMap
 */
export function checkSettings(file: string, write: (line: string) => void): 0 | 1 {
  const data = dataOf(file)
  const differences = Object.entries(healthChecks()).flatMap(([key, wanted]) => {
    const found = data[key]
    if (found === undefined) return [`${key} is missing.`]
    return String(found).trim() === wanted.trim() ? [] : [`${key} differs from Hadal's health check.`]
  })
  for (const difference of differences) write(difference)
  if (differences.length === 0) {
    write(`${configMap} contains all health checks.`)
    return 0
  }
  write(`Run "npx hadal argocd settings" and merge its output into ${configMap}.`)
  return 1
}

function dataOf(file: string): Readonly<Record<string, unknown>> {
  const shown = file === '-' ? 'standard input' : file
  const help = `Pass the output of "kubectl -n argocd get configmap ${configMap} -o yaml".`
  let object: unknown
  try {
    object = parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (error) {
    throw new PlainError(`Can't read ${shown}: ${error instanceof Error ? error.message : String(error)}. ${help}`)
  }
  const metadata = isRecord(object) && isRecord(object.metadata) ? object.metadata : {}
  if (!isRecord(object) || object.kind !== 'ConfigMap' || metadata.name !== configMap)
    throw new PlainError(`Invalid content of ${shown}: it is not the ConfigMap ${configMap}. ${help}`)
  return isRecord(object.data) ? object.data : {}
}
