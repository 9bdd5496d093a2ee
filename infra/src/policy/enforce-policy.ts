import type { Environment } from '@hadal/platform/environment'
import * as pulumi from '@pulumi/pulumi'
import { policyProblems } from './environment-rules.ts'
import { resolvedInputs } from './resolved-inputs.ts'

/**
 * Checks every resource of the stack against the environment's policy rules before its registration. A violation stops `preview` and `up`. Call
 * it before the first resource is created.
 */
export function enforcePolicy(environment: Environment): void {
  pulumi.runtime.registerResourceTransform(async ({ type, name, props, opts }) => {
    const { values, secret } = await resolvedInputs(props)
    const problems = policyProblems(environment, {
      type,
      name,
      props: values,
      secret,
      protect: opts.protect === true,
      retainOnDelete: opts.retainOnDelete === true,
    })
    if (problems.length > 0) throw new pulumi.RunError(problems.join('\n'))
    return undefined
  })
}
