import type { AgentsDescription } from './agents-description.ts'
import type { Environment } from './environment.ts'
import { hasEncryptionKey } from './has-encryption-key.ts'
import type { Problem } from './problem.ts'

const file = 'packages/agents/langgraph.json'

/** Compares an environment with what the project's langgraph.json needs: its own sign-in, and a key that seals the credentials of requests. */
export function projectProblems(
  environment: Pick<Environment, 'access' | 'encryption' | 'protected'>,
  { project }: Pick<AgentsDescription, 'project'>,
): Problem[] {
  const { access, encryption } = environment
  const problems: Problem[] = []
  if (project?.auth && access.kind !== 'custom')
    problems.push({
      path: 'access.kind',
      value: access.kind,
      allowed: `${file} has a sign-in of its own ("auth"), which only "custom" uses: the server would be less protected than the file says.`,
      remedy: 'Set access: { kind: "custom" }, or remove "auth" from the file and run "npm run describe".',
    })
  if (!project?.auth && access.kind === 'custom')
    problems.push({
      path: 'access.kind',
      value: access.kind,
      allowed: `${file} names no sign-in.`,
      remedy:
        'Add "auth": { "path": "./auth.ts:auth" } to the file and run "npm run describe", or use "api-keys" or "oidc".',
    })
  if (project?.configurableHeaders && !hasEncryptionKey(environment))
    problems.push({
      path: 'encryption',
      value: encryption,
      allowed: `${file} gives runs the headers of their requests ("http.configurable_headers"). They are stored encrypted, and this environment has no encryption key.`,
      remedy:
        'Choose a sign-in (access.kind), set encryption to "required" or protected to true, or remove the headers.',
    })
  return problems
}
