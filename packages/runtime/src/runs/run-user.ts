/** The user of a run as it is stored with the run's request: only the fields that LangGraph defines, none of which is a credential. */
export interface RunUser {
  readonly identity: string
  readonly display_name: string
  readonly is_authenticated: boolean
  readonly permissions: readonly string[]
}

/** Keys of `config.configurable` from which graphs read the user, as on every LangGraph server. */
export const userKeys = ['langgraph_auth_user', 'langgraph_auth_user_id', 'langgraph_auth_permissions'] as const

/** Splits the user object of a sign-in into the fields that LangGraph defines and the further ones, which may be tokens. */
export function splitIdentity({
  identity,
  display_name,
  is_authenticated,
  permissions,
  ...further
}: RunUser & Readonly<Record<string, unknown>>): {
  readonly user: RunUser
  readonly further: Readonly<Record<string, unknown>>
} {
  return { user: { identity, display_name, is_authenticated, permissions }, further }
}

/** Returns the user as `config.configurable` has it. Without sign-in there are no keys, as in LangGraph. LangGraph makes `runtime.serverInfo` of them. */
export function userConfigurable(
  user: RunUser | undefined,
  further: Readonly<Record<string, unknown>> = {},
): Readonly<Partial<Record<(typeof userKeys)[number], unknown>>> {
  if (!user) return {}
  return {
    langgraph_auth_user: { ...further, ...user },
    langgraph_auth_user_id: user.identity,
    langgraph_auth_permissions: user.permissions,
  }
}
