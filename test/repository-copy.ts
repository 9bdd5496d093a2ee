import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { agentsDescriptionFile } from '@hadal/platform/agents-description'
import { operatorPinsFile } from '@hadal/platform/operators/operator-pins'

/** The repository's root. */
export const root = join(import.meta.dirname, '..')

/** Environments that tests may rely on, in the form of `environments/`. Those of the checkout belong to its users, who change them. */
export const fixtureEnvironments = join(import.meta.dirname, 'fixtures/environments')

/** Pins of operators, in the form of `infra/operators.json`. A user pins operators in the checkout. */
const fixturePins = join(import.meta.dirname, 'fixtures/operators.json')

/** Descriptions of the agents of those environments, in the form of `graphs` in `packages/agents/agents.json`. */
const fixtureGraphs = join(import.meta.dirname, 'fixtures/agent-graphs.json')

/**
 * Writes the description of the agents that belong to the fixture environments into a folder. What the server can do is that of the checkout.
 */
function writeAgentsDescription(folder: string): void {
  const { server }: { server: unknown } = JSON.parse(readFileSync(join(root, agentsDescriptionFile), 'utf8'))
  const graphs: unknown = JSON.parse(readFileSync(fixtureGraphs, 'utf8'))
  mkdirSync(dirname(join(folder, agentsDescriptionFile)), { recursive: true })
  writeFileSync(join(folder, agentsDescriptionFile), JSON.stringify({ server, graphs }, null, 2))
}

/**
 * Creates a folder with a copy of the fixture environments, of pins of operators and of a description of agents, in which a test may change
 * anything. It is inside the repository, in a folder that Git ignores, so that a copied `config.ts` can resolve its imports.
 */
export function repositoryCopy(): { readonly folder: string; readonly remove: () => void } {
  const parent = join(root, '.hadal')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'copy-'))
  cpSync(fixtureEnvironments, join(folder, 'environments'), { recursive: true })
  cpSync(fixturePins, join(folder, operatorPinsFile))
  writeAgentsDescription(folder)
  // The command recognises the repository's root by this file.
  cpSync(join(root, 'pnpm-workspace.yaml'), join(folder, 'pnpm-workspace.yaml'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
