import { loadEnvironments } from '@hadal/platform/load-environment'
import { PlainError } from '../plain-error.ts'
import { compareWithCommitted } from '../render/compare-with-committed.ts'
import { type RenderedEnvironment, renderedEnvironment } from '../render/rendered-environment.ts'
import type { Terminal } from './terminal.ts'

/**
 * Renders every environment in memory, validates it and compares it with the committed manifests. It writes no files.
 *
 * @throws PlainError if an object is invalid. Differences from the committed manifests are only printed
 */
export async function renderAll(terminal: Terminal, root: string): Promise<void> {
  let rendered: readonly RenderedEnvironment[] = []
  await terminal.step('rendering and validating every environment', async () => {
    rendered = (await loadEnvironments(root)).map(renderedEnvironment)
    const problems = rendered.flatMap((environment) => environment.problems)
    if (problems.length > 0) throw new PlainError(`Some rendered objects are invalid:\n${problems.join('\n')}`)
    return `${rendered.length} ${rendered.length === 1 ? 'environment' : 'environments'} rendered in memory, every object validated`
  })
  const differing: string[] = []
  for (const { name, objects } of rendered) {
    const { missing, stale, changed } = compareWithCommitted(root, name, objects)
    const files = [...missing, ...stale, ...changed]
    differing.push(...files)
    const compared = files.length === 0 ? 'as committed' : `${files.length} files differ from the committed ones`
    terminal.line(`      ${name.padEnd(12)} ${String(objects.length).padStart(3)} objects, ${compared}`)
  }
  if (differing.length > 0) {
    terminal.line(`      Run "npx hadal render" and review the changes. First file: ${differing[0]}`)
  }
}
