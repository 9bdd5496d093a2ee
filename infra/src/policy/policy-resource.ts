/** A Pulumi resource before its creation, as input of a policy rule. */
export interface PolicyResource {
  /** Pulumi's type of the resource, e.g. `kubernetes:core/v1:Secret`. */
  readonly type: string
  readonly name: string
  /** Inputs of the Pulumi resource, including values of secrets. The sentences of a policy rule must not contain them. */
  readonly props: Readonly<Record<string, unknown>>
  /** Names of the top-level inputs of a Pulumi resource that Pulumi encrypts. */
  readonly secret: ReadonlySet<string>
  readonly protect: boolean
  readonly retainOnDelete: boolean
}

/** Policy rule: returns one sentence per violation, without the resource's name. Empty if there is none. */
export type Rule = (resource: PolicyResource) => readonly string[]
