import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { stringify } from 'yaml'
import { type CustomDefinition, coreReference } from './custom-definition.ts'
import type { JsonSchema } from './json-schema.ts'
import { mapValues } from './strict.ts'

/** Version of cdk8s-cli. npx downloads it when constructs are generated; nothing else needs its 60 packages. */
const cdk8s = 'cdk8s-cli@2.207.60'
const mark = 'type of cdk8s-plus-28: '

/**
 * Writes the constructs that `cdk8s import` generates from custom kinds, one module per API group. Node strips types and runs no enums, so each
 * module is written as JavaScript with its declarations beside it.
 *
 * @param into an existing folder
 */
export function generateConstructs(definitions: readonly CustomDefinition[], into: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'constructs-'))
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    const crds = join(folder, 'crds.yaml')
    writeFileSync(crds, definitions.map((definition) => `---\n${stringify(asImported(definition))}`).join(''))
    const modules = join(folder, 'modules')
    const output = ['--language', 'typescript', '--output', modules, '--no-save']
    execFileSync('npx', ['--yes', cdk8s, 'import', crds, ...output], { cwd: folder, stdio: 'pipe', timeout: 300_000 })
    const files = readdirSync(modules).map((file) => join(modules, file))
    for (const file of files) writeFileSync(file, withCoreTypes(readFileSync(file, 'utf8')))
    compile(folder, files, into)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Replaces each `$ref` in a definition, which `cdk8s import` does not accept: a type of Kubernetes itself becomes an object with any fields
 * and a description that marks it.
 */
function asImported({ group, version, kind, schema }: CustomDefinition): object {
  const open = (part: JsonSchema): JsonSchema => {
    const name = part.$ref?.slice(coreReference.length)
    if (name) return { type: 'object', description: `${mark}${name}`, 'x-kubernetes-preserve-unknown-fields': true }
    const items = part.items && open(part.items)
    return {
      ...part,
      // Sorted: a construct writes its fields in the order of its definition.
      ...(part.properties && { properties: mapValues(part.properties, open) }),
      ...(typeof part.additionalProperties === 'object' && { additionalProperties: open(part.additionalProperties) }),
      ...(items && { items, ...(part.items?.$ref && { description: items.description }) }),
    }
  }
  const plural = `${kind.toLowerCase()}s`
  const versions = [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: open(schema) } }]
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural }, versions },
  }
}

/**
 * Matches a property that `asImported` marked, in a module that `cdk8s import` wrote: its docstring of four lines and its declaration with the type
 * `any`. `withCoreTypes` replaces that type.
 */
const markedProperty = new RegExp(
  [
    String.raw` {3}\* ${mark}(\w+)`,
    String.raw` {3}\*`,
    String.raw` {3}\* @schema (\w+)#(\w+)`,
    String.raw` {3}\*/`,
    String.raw` {2}readonly (\w+)(\??): any(\[\])?;`,
  ].join('\n'),
  'g',
)

/** Gives the marked properties of generated constructs their types, and calls the type's serializer for them. */
function withCoreTypes(text: string): string {
  let result = text
  for (const [found, core, type, json, name, optional, list = ''] of text.matchAll(markedProperty)) {
    const typed = `   * @schema ${type}#${json}\n   */\n  readonly ${name}${optional}: k8s.${core}${list};`
    result = result.replace(found, typed)
    const from = result.indexOf(`export function toJson_${type}(`)
    const plain = list ? `'${json}': obj.${name}?.map(y => y),` : `'${json}': obj.${name},`
    const at = from < 0 ? -1 : result.indexOf(plain, from)
    if (at < 0) throw new Error(`cdk8s import wrote no serializer of ${type}.${json}.`)
    const toJson = `k8s.toJson_${core}`
    const serialized = list ? `obj.${name}?.map(y => ${toJson}(y))` : `${toJson}(obj.${name})`
    result = `${result.slice(0, at)}'${json}': ${serialized},${result.slice(at + plain.length)}`
  }
  if (result.includes(mark))
    throw new Error(
      `A property marked as a Kubernetes type was not replaced. Extend withCoreTypes() for its form:\n${result.slice(0, 200)}`,
    )
  return result === text ? text : `import { k8s } from 'cdk8s-plus-28';\n${result}`
}

function compile(folder: string, files: readonly string[], into: string): void {
  // The modules import cdk8s, which they find through this link.
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const options = '--ignoreConfig --target ES2024 --module NodeNext --skipLibCheck --types node --outDir'.split(' ')
  const run = (...more: string[]) =>
    execFileSync(process.execPath, [tsc, ...options, into, ...more, ...files], { cwd: folder, encoding: 'utf8' })
  run('--declaration', '--emitDeclarationOnly')
  run('--removeComments')
}
