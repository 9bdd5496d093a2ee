import * as pulumi from '@pulumi/pulumi'

/** Inputs of a resource whose values are known. */
export interface ResolvedInputs {
  readonly values: Readonly<Record<string, unknown>>
  /** Names of the inputs that Pulumi encrypts. An input that contains a secret is secret as a whole, as in the engine. */
  readonly secret: ReadonlySet<string>
}

/** Resolves the inputs of a resource. Inputs that are unknown during a preview are left out; `up` resolves them. */
export async function resolvedInputs(props: pulumi.Inputs): Promise<ResolvedInputs> {
  const values: Record<string, unknown> = {}
  const secret = new Set<string>()
  for (const [name, value] of Object.entries(props)) {
    // Plain inputs skip `output`, which takes seconds for a CustomResourceDefinition of a megabyte.
    if (!holdsOutput(value)) {
      values[name] = value
      continue
    }
    const read = pulumi.output(value).apply((known) => {
      values[name] = known
    })
    // `apply` never calls back for an unknown value. Whether its result is secret is known after the call, or after its omission.
    if (await pulumi.isSecret(read)) secret.add(name)
  }
  return { values, secret }
}

function holdsOutput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true
  return Object.values(value).some(holdsOutput)
}
