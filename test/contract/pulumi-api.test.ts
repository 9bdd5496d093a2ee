import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const folder = join(root, 'infra/src')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** Ways to use what Pulumi's types don't declare, which another version may lack. */
const ways: Readonly<Record<string, RegExp>> = {
  'a member by its name': /Reflect\.(get|set|has|ownKeys|apply)\(/,
  'a module inside of a package': /from '@pulumi\/[\w-]+\/(?!automation\/)/,
  'a value whose type is asserted twice': /as unknown as/,
}

const usedIn = (text: string): string[] => Object.keys(ways).filter((way) => ways[way]?.test(text))

test("the Pulumi program uses only what Pulumi's types declare", () => {
  expect(sources.length).toBeGreaterThan(20)
  const used = sources.flatMap((file) =>
    usedIn(readFileSync(join(folder, file), 'utf8')).map((way) => `${file}: ${way}`),
  )
  expect(used).toEqual([])
})

test('each such use is found', () => {
  expect(usedIn("Reflect.get(output, 'isKnown')")).toEqual(['a member by its name'])
  expect(usedIn("import { x } from '@pulumi/pulumi/runtime/rpc.js'")).toEqual(['a module inside of a package'])
  expect(usedIn('output as unknown as Hidden')).toEqual(['a value whose type is asserted twice'])
  expect(usedIn("import * as pulumi from '@pulumi/pulumi'")).toEqual([])
})
