import { join } from 'node:path'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { EnvironmentProblems } from '@hadal/platform/problem'
import * as pulumi from '@pulumi/pulumi'
import { environmentStack, type StackOutputs } from './environment-stack.ts'
import { fetchRelease } from './operators/fetch-release.ts'
import { releases } from './operators/releases.ts'

const infra = join(import.meta.dirname, '..')

/** Pulumi program: creates the resources of the environment with the stack's name. */
async function program(): Promise<StackOutputs> {
  try {
    const environment = await loadEnvironment(join(infra, '..'), pulumi.getStack())
    return await environmentStack(environment, (name) =>
      fetchRelease(name, releases[name], join(infra, 'node_modules/.cache/releases')),
    )
  } catch (error) {
    // A RunError is shown without a stack trace.
    if (error instanceof EnvironmentProblems) throw new pulumi.RunError(error.message)
    throw error
  }
}

export default program
