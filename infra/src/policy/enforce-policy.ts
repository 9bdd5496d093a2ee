import type { Environment } from '@hadal/platform/environment'
import * as pulumi from '@pulumi/pulumi'
import { policyProblems } from './environment-rules.ts'

/**
 * Holds every resource of the stack to the environment's rules before the engine sees it: a violation stops `preview` and `up`. Call it
 * before the first resource is made.
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
 * A secret within an input makes all of the input one: so the engine hands it over. What is not known yet, in a preview, is left out; `up`
 * asks again.
 */
async function unwrapped(
  props: pulumi.Inputs,
): Promise<{ values: Record<string, unknown>; secret: ReadonlySet<string> }> {
  const values: Record<string, unknown> = {}
  const secret = new Set<string>()
  for (const [name, value] of Object.entries(props)) {
    // Most inputs are plain, and some are definitions of kinds: a megabyte that `output` would take seconds to look through.
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

/** Pulumi's own flag, which its types leave out: an output that is not known never calls back. */
const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> => Reflect.get(output, 'isKnown')
