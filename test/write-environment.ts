import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentInput } from '@hadal/platform/environment'

/**
 * Writes an environment's `config.ts`, and its `release.json` with the image, into a copy of the repository.
 *
 * @param root the root of the copy
 * @param options `code`: code of `config.ts` before its export
 */
export function writeEnvironment(
  root: string,
  { release, ...rest }: EnvironmentInput,
  { code = '' }: { readonly code?: string } = {},
): void {
  const path = join(root, 'environments', rest.name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'release.json'), JSON.stringify(release))
  writeFileSync(
    join(path, 'config.ts'),
    `import { defineEnvironment } from '@hadal/platform/define-environment'
     import release from './release.json' with { type: 'json' }
     ${code}
     export default defineEnvironment({ ...${JSON.stringify(rest)}, release } as never)\n`,
  )
}
