import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alerts } from '@hadal/charts/alerts/all'
import { ContainerVariables, SECRET_VARIABLES } from '@hadal/platform/container-variables'
import { aliasNames } from '@hadal/platform/variable-aliases'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { type Code, codeIn, documentedCode, documents, readDocument } from './documented-code.ts'
import { namesOfOthers } from './names-of-others.ts'

const sources = globSync('{packages,charts,infra,test,.ci,.github}/**/*.{ts,tsx,js,mjs,json,yaml,yml,py}', {
  cwd: root,
  exclude: (name) => name === 'node_modules',
}).filter((file) => !/\.test\.ts$|^test\/contract\/(?:documented|names-of)/.test(file))
/** Each identifier of the sources, without the tests: a name that only a test has does not exist. */
const identifiers = new Set(
  [...sources, 'setup.mjs', 'package.json', 'pnpm-workspace.yaml'].flatMap(
    (file) => readFileSync(join(root, file), 'utf8').match(/[A-Za-z_]\w*/g) ?? [],
  ),
)
const variables = new Set<string>([...Object.keys(ContainerVariables.shape), ...SECRET_VARIABLES, ...aliasNames])
const others = new Set(Object.values(namesOfOthers).flat())

/** A word of several parts: `snake_case`, `CAPITALS_WITH_LINES`, `camelCase` or `PascalCase`. Words of one part are ordinary ones. */
const compound = /(?<![\w.@/:-])(?:[A-Za-z]\w*_\w+|[A-Za-z]+[a-z][A-Z]\w*)(?![\w-])/g

const exists = (name: string): boolean =>
  identifiers.has(name) ||
  variables.has(name) ||
  // A variable that names a file with the value, or has an encrypted value.
  variables.has(name.replace(/_(?:FILE|ENCRYPTED)$/, '')) ||
  others.has(name)

/** Returns each name in code spans that neither the sources nor a listed program of others have. */
const unknownNames = (code: readonly Code[]): string[] =>
  code
    .filter(({ block }) => !block)
    .flatMap(({ place, text }) => (text.match(compound) ?? []).map((name) => ({ place, name })))
    .filter(({ name }) => !exists(name))
    .map(({ place, name }) => `${place}: ${name}`)

test('documents name only variables, columns, events, fields and classes that the sources have', () => {
  expect(unknownNames(documentedCode)).toEqual([])
  expect(unknownNames(codeIn('page.md', '`runs_forgotten`, `DATABASE_COLOUR`, `forgetRuns`'))).toHaveLength(3)
})

test('each listed name of others is in a document', () => {
  const named = new Set(documentedCode.flatMap(({ text, block }) => (block ? [] : (text.match(compound) ?? []))))
  expect([...others].filter((name) => !named.has(name))).toEqual([])
})

const alertNames = new Set<string>(alerts.map(({ name }) => name))
/** First words of the names of alerts. A name that begins with one of them is taken for an alert, unless it is in the sources. */
const firstWords = [...new Set([...alertNames].map((name) => /^[A-Z][a-z]+/.exec(name)?.[0] ?? ''))]
const alertName = new RegExp(`(?<![\\w./:$-])(?:${firstWords.join('|')})(?:[A-Z][a-z]+)+(?![\\w.(/])`, 'g')
/** Names in prose that begin like an alert: others' names, and the example of a how-to. */
const notAlerts = new Set(['AgentDojo', 'RedisClusters', 'RunsWaitLong'])

const unknownAlerts = (file: string, text: string): string[] =>
  (text.match(alertName) ?? [])
    .filter((name) => !alertNames.has(name) && !identifiers.has(name) && !notAlerts.has(name))
    .map((name) => `${file}: ${name}`)

test('documents name only alerts that exist', () => {
  expect(documents.flatMap((file) => unknownAlerts(file, readDocument(file)))).toEqual([])
  expect(unknownAlerts('page.md', 'The alert AgentTooSlow fires.')).toEqual(['page.md: AgentTooSlow'])
})

test('a link to a runbook has the name of its alert', () => {
  const wrong = documents.flatMap((file) =>
    [...readDocument(file).matchAll(/\[([^\]]+)\]\([^)]*runbooks\/([\w-]+)\.md\)/g)]
      .filter(([, text = '', alert = '']) => alertNames.has(alert) && text.replaceAll('`', '') !== alert)
      .map(([link]) => `${file}: ${link}`),
  )
  expect(wrong).toEqual([])
})
