// npm run bench:injection: measures input validation on public texts. The exit status is 1 if a hard limit is missed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Finding, findInjections } from '@hadal/middleware/input-validation/find-injections'
import { table } from '../statistics.ts'
import { attacks } from './attacks.ts'
import { type Half, halfOf, type Sample } from './corpus.ts'
import { fetchPackages } from './fetch-packages.ts'
import { ordinaryTexts } from './ordinary-texts.ts'
import { smuggling } from './smuggling.ts'
import { speed } from './speed.ts'

/** Limits of the benchmark of input validation. The command fails if a measurement misses one of them. */
const mostFalsePositives = 0.01
const leastSmuggledFound = 0.99
const fewestDocuments = 1_000
const mostMillisecondsP99 = 5

const resultFile = fileURLToPath(new URL('../../../.hadal/bench-injection.json', import.meta.url))

interface Judged extends Sample {
  readonly half: Half
  readonly findings: readonly Finding[]
}
interface Count {
  found: number
  all: number
}

const judge = (samples: readonly Sample[]): Judged[] =>
  samples.map((sample) => ({
    ...sample,
    half: halfOf(sample.text),
    findings: findInjections(sample.text, sample.provenance),
  }))

/** Number of samples with findings of input validation, by the group's name and half of the corpus. */
function counts(judged: readonly Judged[], group: (sample: Judged) => string): Map<string, Record<Half, Count>> {
  const groups = new Map<string, Record<Half, Count>>()
  for (const sample of judged) {
    const name = group(sample)
    const count = groups.get(name) ?? { tuning: { found: 0, all: 0 }, reporting: { found: 0, all: 0 } }
    groups.set(name, count)
    count[sample.half].all += 1
    if (sample.findings.length > 0) count[sample.half].found += 1
  }
  return groups
}

const share = ({ found, all }: Count): number => (all === 0 ? 0 : found / all)
const cells = (count: Count): string[] => [`${count.found}/${count.all}`, `${(share(count) * 100).toFixed(1)} %`]
const rows = (groups: ReadonlyMap<string, Record<Half, Count>>): string[][] =>
  [...groups].map(([name, { tuning, reporting }]) => [name, ...cells(reporting), ...cells(tuning)])
const print = (title: string, head: readonly string[], lines: readonly (readonly string[])[]): void => {
  process.stdout.write(`\n── ${title}\n${table(head, lines)}\n`)
}

const folder = fetchPackages()
const benign = judge(ordinaryTexts(folder))
const hostile = judge(attacks(folder))
const head = ['', 'reporting', '', 'tuning', '']

const falsePositives = counts(benign, ({ corpus }) => corpus)
const truePositives = counts(hostile, ({ corpus }) => corpus)
print('texts without attacks, with a finding (any severity)', head, rows(falsePositives))
/** Rules that only flag the production guide's shapes `system:` and `<|…|>`. Their false positives are also printed apart. */
const guideRules = ['special-token', 'system-speaker']
const benignOfUsers = judge(benign.map((sample) => ({ ...sample, provenance: 'user' as const })))
const withoutGuideRules = benignOfUsers.map((sample) => ({
  ...sample,
  findings: sample.findings.filter(({ rule }) => !guideRules.includes(rule)),
}))
const falsePositivesOfUsers = counts(benignOfUsers, ({ corpus }) => corpus)
print('the same texts as messages of users', head, rows(falsePositivesOfUsers))
print("the same without the guide's shapes", head, rows(counts(withoutGuideRules, ({ corpus }) => corpus)))
print('attacks, with a finding (any severity)', head, rows(truePositives))
const byKind = counts(hostile, ({ corpus, kind }) => `${corpus}: ${kind}`)
print('attacks, by kind', head, rows(byKind))
const blocked = hostile.map((sample) => ({
  ...sample,
  findings: sample.findings.filter(({ severity }) => severity === 'high'),
}))
print('attacks that are blocked with the action block', head, rows(counts(blocked, ({ corpus }) => corpus)))

const smuggled = smuggling(benign.filter(({ corpus }) => corpus === 'technical documents').map(({ text }) => text))
print(
  'smuggled forms of known phrases',
  ['', 'found', ''],
  [...smuggled].map(([name, count]) => [name, ...cells(count)]),
)
const ofAll = [...smuggled.values()].reduce((sum, one) => ({ found: sum.found + one.found, all: sum.all + one.all }), {
  found: 0,
  all: 0,
})
process.stdout.write(`all forms: ${cells(ofAll).join(', ')}\n`)

const { p50, p99, perMegabyte } = speed(benign.slice(0, 1_500).map(({ text }) => text))
print(
  'time',
  ['', 'ms'],
  [
    ['8 KB, p50', p50.toFixed(2)],
    ['8 KB, p99', p99.toFixed(2)],
    ...[...perMegabyte].map(([length, ms]) => [`a megabyte's worth, at ${length / 1_024} KB`, ms.toFixed(0)]),
  ],
)

mkdirSync(dirname(resultFile), { recursive: true })
const failing = (judged: readonly Judged[], wanted: boolean) =>
  judged
    .filter(({ half, findings }) => half === 'tuning' && findings.length > 0 !== wanted)
    .map(({ corpus, kind, name, text, findings }) => ({
      corpus,
      kind,
      name,
      rules: findings.map(({ rule }) => rule),
      text: text.slice(0, 1_000),
    }))
writeFileSync(
  resultFile,
  `${JSON.stringify(
    {
      reporting: Object.fromEntries([...falsePositives, ...byKind].map(([name, { reporting }]) => [name, reporting])),
      failingOfTuningHalf: { falsePositives: failing(benign, false), missed: failing(hostile, true) },
    },
    null,
    1,
  )}\n`,
)
process.stdout.write(`\nfailing cases of the tuning half: ${resultFile}\n`)

const missed: string[] = []
for (const [name, halves] of [...falsePositives, ...falsePositivesOfUsers]) {
  for (const half of ['reporting', 'tuning'] as const)
    if (share(halves[half]) > mostFalsePositives) missed.push(`${name}, ${half} half: more than 1 % have a finding`)
}
const documents = falsePositives.get('technical documents')
const read = documents ? documents.tuning.all + documents.reporting.all : 0
if (read < fewestDocuments) missed.push(`${read} technical documents were found, but the minimum is ${fewestDocuments}`)
if (share(ofAll) < leastSmuggledFound) missed.push('less than 99 % of smuggled forms were found')
if (p99 > mostMillisecondsP99)
  missed.push(`8 KB took ${p99.toFixed(1)} ms at p99, but the maximum is ${mostMillisecondsP99} ms`)
for (const limit of missed) process.stdout.write(`MISSED: ${limit}\n`)
if (missed.length > 0) process.exitCode = 1
