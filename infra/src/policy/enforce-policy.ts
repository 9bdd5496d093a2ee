import type { Environment } from '@hadal/platform/environment'
import * as pulumi from '@pulumi/pulumi'
import { policyProblems } from './environment-rules.ts'

/**
 * Checks every resource of the stack against the environment's policy rules before its registration. A violation stops `preview` and `up`. Call
 * it before the first resource is created.
 */
export function enforcePolicy(environment: Environment): void {
  pulumi.runtime.registerResourceTransform(async ({ type, name, props, opts }) => {
    const { values, secret } = await unwrapped(props)
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

/**
 * Resolves the inputs of a resource. An input that contains a secret is secret as a whole, as in the engine. Inputs that are unknown during a
 * preview are left out; `up` checks them.
 */
async function unwrapped(
  props: pulumi.Inputs,
): Promise<{ values: Record<string, unknown>; secret: ReadonlySet<string> }> {
  const values: Record<string, unknown> = {}
  const secret = new Set<string>()
  for (const [name, value] of Object.entries(props)) {
    // Plain inputs skip `output`, which takes seconds for a CustomResourceDefinition of a megabyte.
    if (!holdsOutput(value)) {
      values[name] = value
      continue
    }
    const output = pulumi.output(value)
    if (await pulumi.isSecret(output)) secret.add(name)
    if (await isKnown(output)) values[name] = await new Promise((resolve) => output.apply(resolve))
  }
  return { values, secret }
}

function holdsOutput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true
  return Object.values(value).some(holdsOutput)
}

/** Pulumi's flag for a known output, which its types don't declare. `apply` of an unknown output never calls back. */
const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> => Reflect.get(output, 'isKnown')
