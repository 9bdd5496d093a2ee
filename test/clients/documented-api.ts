import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository-copy.ts'

/** What docs/api.md says about operations and the client's methods. */
export interface DocumentedApi {
  /** Operations that the server serves, with the JavaScript methods that call each. */
  readonly served: ReadonlyMap<string, readonly string[]>
  /** Operations and methods that the server does not serve, with the reason. */
  readonly notServed: ReadonlyMap<string, string>
}

/** Rows of the first table after a heading, as the texts of their cells. */
function rowsAfter(text: string, heading: string): string[][] {
  const [, section = ''] = text.split(`\n${heading}\n`)
  const [table = ''] = /(^\|.*\n)+/m.exec(section) ?? []
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** Reads the tables of operations and methods in docs/api.md. */
export function documentedApi(): DocumentedApi {
  const text = readFileSync(join(root, 'docs/api.md'), 'utf8')
  const served = rowsAfter(text, '## Operations and methods').map(
    ([operation = '', methods = '']): [string, string[]] => [codes(operation)[0] ?? '', codes(methods)],
  )
  const notServed = rowsAfter(text, '### Not served').flatMap(([names = '', reason = '']) =>
    codes(names).map((name): [string, string] => [name, reason]),
  )
  return { served: new Map(served), notServed: new Map(notServed) }
}
