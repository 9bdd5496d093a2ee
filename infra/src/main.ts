import { join } from 'node:path'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { EnvironmentProblems } from '@hadal/platform/problem'
import * as pulumi from '@pulumi/pulumi'
import { environmentStack, type StackOutputs } from './environment-stack.ts'
import { fetchRelease } from './operators/fetch-release.ts'
import { releases } from './operators/releases.ts'

const infra = join(import.meta.dirname, '..')

/** The environment whose name the stack bears. */
async function program(): Promise<StackOutputs> {
  try {
    const environment = await loadEnvironment(join(infra, '..'), pulumi.getStack())
    return await environmentStack(environment, (name) =>
      fetchRelease(name, releases[name], join(infra, 'node_modules/.cache/releases')),
    )
  } catch (error) {
    // What a person can mend is a sentence, not a stack.
    if (error instanceof EnvironmentProblems) throw new pulumi.RunError(error.message)
    throw error
  }
}

export default program
