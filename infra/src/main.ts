import { join } from 'node:path'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { readOperatorPins } from '@hadal/platform/operators/operator-pins'
import { pinnedManifests } from '@hadal/platform/operators/pinned-manifests'
import { EnvironmentProblems } from '@hadal/platform/problem'
import * as pulumi from '@pulumi/pulumi'
import { environmentStack, type StackOutputs } from './environment-stack.ts'

const infra = join(import.meta.dirname, '..')
const root = join(infra, '..')

/** Pulumi program: creates the resources of the environment with the stack's name. */
async function program(): Promise<StackOutputs> {
  try {
    const environment = await loadEnvironment(root, pulumi.getStack())
    const pins = readOperatorPins(root)
    const folders = { root, cache: join(infra, 'node_modules/.cache/releases') }
    return await environmentStack(environment, (name) => pinnedManifests(name, pins[name], folders))
  } catch (error) {
    // A RunError is shown without a stack trace.
    if (error instanceof EnvironmentProblems) throw new pulumi.RunError(error.message)
    throw error
  }
}

export default program
