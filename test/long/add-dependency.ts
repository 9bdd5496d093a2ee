import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { root } from '../repository-copy.ts'

/**
 * Adds a dependency of `packages/runtime` to another package of a copy of the checkout, as `pnpm add` does, but without the network: it takes the
 * installed package, and the entry of the lock file.
 */
export function addDependency(folder: string, to: string, dependency: string): void {
  const manifest = join(folder, to, 'package.json')
  const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'))
  const sorted = Object.fromEntries(Object.entries({ ...dependencies, [dependency]: 'catalog:' }).toSorted())
  writeFileSync(manifest, `${JSON.stringify({ ...rest, dependencies: sorted }, null, 2)}\n`)

  const lock = join(folder, 'pnpm-lock.yaml')
  const text = readFileSync(lock, 'utf8')
  const [entry = ''] = new RegExp(` {6}'${dependency}':\n {8}specifier: .*\n {8}version: .*\n`).exec(text) ?? []
  const start = `  ${to}:\n    dependencies:\n`
  if (entry === '' || !text.includes(start)) throw new Error(`pnpm-lock.yaml has no ${dependency}, or no ${to}.`)
  writeFileSync(
    lock,
    text.replace(start, () => start + entry),
  )

  const place = join(folder, to, 'node_modules', dependency)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(realpathSync(join(root, 'packages/runtime/node_modules', dependency)), place)
  recordSetUp(folder)
}

/** Lets the set-up of a copy record that everything is installed. Its installation is replaced by a program that does nothing. */
function recordSetUp(folder: string): void {
  const bin = mkdtempSync(join(tmpdir(), 'hadal-no-npx-'))
  try {
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\n')
    chmodSync(join(bin, 'npx'), 0o755)
    execFileSync(process.execPath, ['setup.mjs'], { cwd: folder, env: { PATH: `${bin}:${process.env.PATH}` } })
  } finally {
    rmSync(bin, { recursive: true })
  }
}
