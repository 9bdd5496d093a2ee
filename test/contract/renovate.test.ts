import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OperatorPins, operatorPinsFile, readOperatorPins } from '@hadal/platform/operators/operator-pins'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from '../repository-copy.ts'

const Renovate = z.object({
  includePaths: z.array(z.string()),
  customManagers: z.array(
    z.object({
      managerFilePatterns: z.tuple([z.string()]),
      matchStrings: z.array(z.string()),
      depNameTemplate: z.string().optional(),
      datasourceTemplate: z.string(),
      currentValueTemplate: z.string().optional(),
      autoReplaceStringTemplate: z.string().optional(),
    }),
  ),
})
const renovate = Renovate.parse(JSON.parse(readFileSync(join(root, 'renovate.json'), 'utf8')))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const isIncluded = (file: string): boolean =>
  renovate.includePaths.some((path) => new RegExp(`^${path.replaceAll('*', '[^/]+')}$`).test(file))

/** Pieces of a text that a custom manager reads as pins. */
const matchesIn = (text: string, file: string): string[] =>
  renovate.customManagers
    .filter(({ managerFilePatterns: [path] }) => path === file)
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((expression) => [...text.matchAll(new RegExp(expression, 'g'))].map(([match]) => match))

/** What looks like a pin: an image's digest, and a quoted package or Go module with its version. */
const pin = /sha256:[0-9a-f]{64}|'[a-z][\w./-]*@v?\d+\.\d+\.\d+'/g
/** Files whose pins Renovate's built-in managers read. */
const builtIn = /^(\.github\/workflows|test\/cluster\/tools)\/|^test\/tools\/requirements\.txt$|(^|\/)package\.json$/
/** Files whose pins Renovate must not change: generated files, environments (which get an image by promotion), agents' own code, and tests. */
const others =
  /^pnpm-lock\.yaml$|^docs\/|\/(manifests|fixtures|generated)\/|\.test\.ts$|^packages\/agents\/src\/|^environments\/|^test\/(mutants|bench|faults)\//
/** Folders of this repository. A user's own folders may have pins that Renovate doesn't know. */
const ours = /^(\.ci|\.github|charts|docs|environments|infra|packages|test)\/|^[^/]+$/

/** Pins of a file that no manager of Renovate reads. */
function unknownPins(file: string, text: string): string[] {
  if (builtIn.test(file) || others.test(file)) return []
  const known = matchesIn(text, file)
  return (text.match(pin) ?? []).filter((one) => !known.some((match) => match.includes(one)))
}

test('Renovate knows every pin in the repository', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = tracked.split('\n').filter((file) => ours.test(file) && existsSync(join(root, file)))
  expect(files.length).toBeGreaterThan(100)
  const unknown = files.flatMap((file) => unknownPins(file, read(file)).map((one) => `${file}: ${one}`))
  expect(unknown, 'Add a custom manager for them to renovate.json.').toEqual([])
})

test('a pin that no manager reads is found', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  expect(unknownPins('packages/agents/Dockerfile', `FROM registry.example.com/a:1@${digest}\n`)).toEqual([digest])
  expect(unknownPins('setup.mjs', "const tool = 'some-tool@1.2.3'\n")).toEqual(["'some-tool@1.2.3'"])
})

describe.each(renovate.customManagers)('the manager of $managerFilePatterns with $datasourceTemplate', (manager) => {
  const [file] = manager.managerFilePatterns

  test('reads a file that Renovate looks at, and finds a name and a version in each match', () => {
    expect(
      existsSync(join(root, file)),
      `renovate.json names ${file}, which does not exist. If you renamed the first environment, name its release.json there.`,
    ).toBe(true)
    expect(isIncluded(file)).toBe(true)
    const groups = manager.matchStrings.flatMap((expression) =>
      [...read(file).matchAll(new RegExp(expression, 'g'))].map((match) => match.groups ?? {}),
    )
    expect(groups.length).toBeGreaterThan(0)
    for (const { depName, currentValue } of groups) {
      expect(depName ?? manager.depNameTemplate).toMatch(/^[\w./-]+$/)
      expect(currentValue ?? manager.currentValueTemplate).toMatch(/^v?\d[\w.-]*$|^main$/)
    }
  })
})

test('a new version of an operator takes its checksum away, so that no stack installs it unseen', () => {
  const [manager] = renovate.customManagers.filter(({ autoReplaceStringTemplate }) => autoReplaceStringTemplate)
  const template = manager?.autoReplaceStringTemplate ?? ''
  const updated = read(operatorPinsFile).replaceAll(
    new RegExp(manager?.matchStrings[0] ?? 'no manager', 'g'),
    (_match, depName: string) => template.replace('{{{depName}}}', depName).replace('{{{newValue}}}', '9.8.7'),
  )
  const expected = Object.entries(readOperatorPins(root)).map(([name, before]) => [
    name,
    { ...before, version: '9.8.7', sha256: null },
  ])
  expect(OperatorPins.parse(JSON.parse(updated))).toEqual(Object.fromEntries(expected))
  expect(updated).toBe(`${JSON.stringify(JSON.parse(updated), null, 2)}\n`)
})

test('the catalog, nodeVersion and the base of the image name one version of Node', () => {
  const workspace = read('pnpm-workspace.yaml')
  const versions = [
    /^ {2}node: (\S+)$/m.exec(workspace)?.[1],
    /^nodeVersion: (\S+)$/m.exec(workspace)?.[1],
    /^ARG NODE_IMAGE=\S+\/node:([\d.]+)-/m.exec(read('packages/agents/Dockerfile'))?.[1],
  ]
  expect(new Set(versions).size).toBe(1)
})
