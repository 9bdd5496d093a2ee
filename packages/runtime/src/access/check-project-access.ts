import type { Access } from '@hadal/platform/access'
import type { ProjectSettings } from '../agents/project-settings.ts'

/**
 * Refuses to start if the sign-in of the environment contradicts the langgraph.json, for example its `auth.path`.
 *
 * @param file path of the langgraph.json
 * @throws Error with the ways out
 */
export function checkProjectAccess(
  access: Access,
  file: string,
  { auth, http }: Pick<ProjectSettings, 'auth' | 'http'>,
): void {
  const closed = 'The server does not start, because it would be less protected than the file says.'
  if (auth && access.kind !== 'custom') {
    throw new Error(
      `${file} has a sign-in of its own, "auth.path", but the environment chooses access.kind "${access.kind}". ${closed} ` +
        `Set access: { kind: 'custom' } in the environment (ACCESS='{"kind":"custom"}'), or remove "auth" from the file.`,
    )
  }
  if (!auth && access.kind === 'custom') {
    throw new Error(
      `The environment chooses access.kind "custom", but ${file} names no sign-in. ` +
        `Add "auth": { "path": "./auth.ts:auth" } to the file, or choose access.kind "api-keys" or "oidc".`,
    )
  }
  if (http.protectsApp && access.kind === 'open') {
    throw new Error(
      `${file}: "http.enable_custom_route_auth" requires a sign-in for the routes of http.app, but the environment has none. ${closed} ` +
        `Choose access.kind "api-keys", "oidc" or "custom", or remove the field.`,
    )
  }
}
