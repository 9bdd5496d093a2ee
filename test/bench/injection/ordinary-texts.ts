import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { moduleFolder } from '@hadal/charts/schemas/module-folder'
import { bastion } from './attacks.ts'
import { distinct, type Sample } from './corpus.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Go modules with much documentation, by name and version. Go verifies their checksums. */
const modules = [
  'github.com/argoproj/argo-cd/v3@v3.6.1',
  'github.com/cert-manager/cert-manager@v1.21.2',
  'github.com/external-secrets/external-secrets@v1.3.2',
  'github.com/kedacore/keda/v2@v2.21.0',
  'github.com/prometheus-operator/prometheus-operator@v0.85.0',
  'k8s.io/kubernetes@v1.37.2',
  'sigs.k8s.io/gateway-api@v1.7.0',
  'sigs.k8s.io/kwok@v0.8.0',
]

/**
 * Minimum and maximum length of an ordinary document in the benchmark's corpus, in characters. Shorter files have no content, and longer ones
 * are data.
 */
const documentLength = { least: 200, most: 1_000_000 }

function* filesUnder(folder: string, ending: RegExp): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path, ending)
    else if (entry.isFile() && ending.test(entry.name)) yield path
  }
}

function read(corpus: string, kind: string, folder: string, ending: RegExp): Sample[] {
  const samples: Sample[] = []
  for (const path of filesUnder(folder, ending)) {
    const text = readFileSync(path, 'utf8')
    if (text.length < documentLength.least || text.length > documentLength.most) continue
    samples.push({ corpus, kind, provenance: 'tool', text, name: relative(folder, path) })
  }
  return samples
}

const isKubernetes = ({ text }: Sample): boolean => /^apiVersion:/m.test(text) && /^kind:/m.test(text)

/** AgentDojo's tool results without attacks (mails, files, calendars, reviews): their longer strings. */
function agentDojoTexts(folder: string): Sample[] {
  return read('ordinary tool results', 'agentdojo', join(folder, 'agentdojo/data/suites'), /\.yaml$/)
    .filter(({ name }) => !name.includes('injection_vectors'))
    .flatMap(({ text, name, ...sample }) =>
      text
        .split(/\n(?=\s{0,4}- )/)
        .map((part, index) => ({ ...sample, text: part.replace(/\{[a-z_0-9]+\}/g, ''), name: `${name}#${index}` }))
        .filter((part) => part.text.length >= 120),
    )
}

/**
 * Texts without attacks, which must have no findings.
 *
 * @param folder folder of the unpacked packages
 * @throws Error if Go can't download a module
 */
export function ordinaryTexts(folder: string): Sample[] {
  const folders = modules.map((name) => ({ name: name.split('@')[0] ?? name, path: moduleFolder(name) }))
  const documents = [
    ...folders.flatMap(({ name, path }) => read('technical documents', name, path, /\.md$/i)),
    ...read('technical documents', 'npm packages', join(root, 'node_modules/.pnpm'), /\.md$/i),
  ]
  const manifests = [
    ...read('Kubernetes YAML', 'rendered here', join(root, 'environments'), /\.yaml$/),
    ...folders.flatMap(({ name, path }) => read('Kubernetes YAML', name, path, /\.ya?ml$/)),
  ]
  return [
    ...bastion(folder, 'benign'),
    ...distinct(documents),
    ...distinct(manifests.filter(isKubernetes)),
    ...distinct(agentDojoTexts(folder)),
  ]
}
