import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from '@hadal/cli/render/render'
import { expect, test } from 'vitest'
import { repositoryCopy } from '../repository-copy.ts'

/** Texts of all files in a folder, by path. */
const contents = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'utf8')]),
  )

test('an environment can be added by copying and renaming a folder, without changes to other files', async () => {
  const { folder, remove } = repositoryCopy()
  try {
    await render({ root: folder, names: [], check: false, write: () => {} })
    const before = contents(join(folder, 'environments'))

    const added = join(folder, 'environments', 'trial')
    cpSync(join(folder, 'environments', 'dev'), added, { recursive: true })
    rmSync(join(added, 'manifests'), { recursive: true })
    const config = join(added, 'config.ts')
    writeFileSync(
      config,
      readFileSync(config, 'utf8')
        .replace("name: 'dev'", "name: 'trial'")
        .replace("namespace: 'hadal-dev'", "namespace: 'hadal-trial'")
        .replace("operators: 'managed'", "operators: 'present'"),
    )

    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    expect(await render({ root: folder, names: [], check: false, write }), lines.join('\n')).toBe(0)
    expect(lines.join('\n')).toContain('trial: ')
    expect(await render({ root: folder, names: [], check: true, write })).toBe(0)

    const after = contents(join(folder, 'environments'))
    const touched = [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path)
    expect(touched).toEqual([])
    expect([...after.keys()].filter((path) => !before.has(path) && !path.startsWith(added))).toEqual([])
  } finally {
    remove()
  }
})
