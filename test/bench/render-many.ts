// Renders N environments in this process and prints the milliseconds per environment: node render-many.ts N
import process from 'node:process'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { validateManifests } from '@hadal/charts/validate/validate-manifests'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { root } from '../repository-copy.ts'

const count = Number(process.argv[2])
const real = await loadEnvironments(root)
const many = Array.from({ length: count }, (_, index) => {
  const environment = real[index % real.length]
  if (!environment) throw new Error('The checkout has no environment. Create one with "hadal new".')
  return { ...environment, name: `${environment.name}-${index}`, namespace: `${environment.namespace}-${index}` }
})

let rendering = 0
let validating = 0
for (const environment of many) {
  const started = performance.now()
  const objects = renderEnvironment(environment)
  const rendered = performance.now()
  const problems = validateManifests(environment, objects)
  if (problems.length > 0)
    throw new Error(`${environment.name} has ${problems.length} validation errors. Run "hadal render" to list them.`)
  rendering += rendered - started
  validating += performance.now() - rendered
}
process.stdout.write(JSON.stringify({ rendering: rendering / count, validating: validating / count }))
