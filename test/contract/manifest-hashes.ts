// Prints a hash of every manifest of every environment: node manifest-hashes.ts <root>. A test compares two such processes.
import { createHash } from 'node:crypto'
import process from 'node:process'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { loadEnvironments } from '@hadal/platform/load-environment'

for (const environment of await loadEnvironments(process.argv[2] ?? '.')) {
  for (const { path, text } of renderEnvironment(environment)) {
    process.stdout.write(`${createHash('sha256').update(text).digest('hex')}  ${environment.name}/${path}\n`)
  }
}
