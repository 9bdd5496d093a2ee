import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'

/**
 * Returns the folder of a Go module in the module cache of Go, downloaded first if it is missing.
 * @param module as `path@version`
 * @throws Error if Go is missing or the module can't be downloaded
 */
export function moduleFolder(module: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', module], {
    // Outside any module and without a workspace, so that no go.mod or go.work applies.
    cwd: tmpdir(),
    // A module may ask for a newer Go than the installed one, even though only its files are read.
    env: { ...process.env, GOTOOLCHAIN: 'auto', GOFLAGS: '-mod=mod', GOWORK: 'off' },
    encoding: 'utf8',
    timeout: 300_000,
  })
  return (JSON.parse(answer) as { Dir: string }).Dir
}
