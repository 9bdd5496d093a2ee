/** A resource as a rule sees it, before anything is made of it. */
export interface PolicyResource {
  /** Pulumi's type, e.g. `kubernetes:core/v1:Secret`. */
  readonly type: string
  readonly name: string
  /** The inputs, values of secrets included: a rule never says one. */
  readonly props: Readonly<Record<string, unknown>>
  /** The inputs that Pulumi keeps as ciphertext, by their first name. */
  readonly secret: ReadonlySet<string>
  readonly protect: boolean
  readonly retainOnDelete: boolean
}

/** What an environment's rules say of one resource: a sentence each without the resource's name, none where all is well. */
export type Rule = (resource: PolicyResource) => readonly string[]
