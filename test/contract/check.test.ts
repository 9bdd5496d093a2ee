import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport } from '@hadal/cli/check/report'
import { render } from '@hadal/cli/render/render'
import { AgentsDescription, agentsDescriptionFile } from '@hadal/platform/agents-description'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hadal } from '../hadal.ts'
import { fixtureEnvironments, repositoryCopy, root } from '../repository-copy.ts'

const environments = readdirSync(fixtureEnvironments)
let copy: ReturnType<typeof repositoryCopy>

/** A copy of the repository with all files that the checklist reads, and rendered manifests. */
beforeEach(async () => {
  copy = repositoryCopy()
  const description = AgentsDescription.parse(JSON.parse(readFileSync(join(root, agentsDescriptionFile), 'utf8')))
  const proofs = Object.values(description.server).flatMap((proof) => (proof ? [proof.file] : []))
  for (const file of ['docs', ...proofs]) cpSync(join(root, file), join(copy.folder, file), { recursive: true })
  expect(await render({ root: copy.folder, names: [], check: false, write: () => {} })).toBe(0)
})
afterEach(() => copy.remove())

const read = (file: string): string => readFileSync(join(copy.folder, file), 'utf8')
const write = (file: string, text: string): void => writeFileSync(join(copy.folder, file), text)

async function report(name: string): Promise<{ status: number | null; report: CheckReport }> {
  const { status, output } = await hadal(copy.folder, ['check', name, '--json'])
  return { status, report: JSON.parse(output) }
}

/** Gives an environment an image, and renders it. */
async function release(name: string, character = '1'): Promise<void> {
  const file = `environments/${name}/release.json`
  const { image } = JSON.parse(read(file))
  write(file, JSON.stringify({ image: { ...image, digest: `sha256:${character.repeat(64)}` } }, null, 2))
  // In a process of its own, because this one has already imported the old file.
  expect((await hadal(copy.folder, ['render', name])).status).toBe(0)
}

/** Writes a description of a server with every capability, so that all required items hold. */
function teachServer(): void {
  const { graphs, server } = AgentsDescription.parse(JSON.parse(read(agentsDescriptionFile)))
  const proof = { file: 'proof.test.ts', test: 'it can' }
  const all = Object.fromEntries(Object.keys(server).map((name) => [name, proof]))
  write(agentsDescriptionFile, JSON.stringify({ server: all, graphs }, null, 2))
  write(proof.file, "test('it can', () => {})\n")
}

describe.each(environments)('hadal check %s', (name) => {
  test('shows evidence in existing files, at the lines of the objects that it names', async () => {
    const { report: found } = await report(name)
    expect(found.manifests.asRendered).toBe(true)
    const evidence = [...found.items.flatMap((item) => item.evidence), ...found.reliesOn.map((one) => one.evidence)]
    expect(evidence.length).toBeGreaterThan(20)
    for (const { file, line, object } of evidence) {
      const lines = read(file).split('\n')
      expect(lines[line - 1]?.trim(), `${file}:${line}`).toBeTruthy()
      if (object) expect(lines).toContain(`kind: ${object.split(' ')[0]}`)
    }
  })

  test('fits 120 columns, and has no colours outside a terminal', async () => {
    const { output, errors } = await hadal(copy.folder, ['check', name])
    expect(errors).toBe('')
    expect(output.split('\n').filter((line) => line.length > 120)).toEqual([])
    expect(output).not.toContain('\u001b')
  })
})

describe('hadal check', () => {
  test('prints nineteen items as JSON of a stable shape', async () => {
    const { report: found } = await report('prod')
    expect(Object.keys(found)).toEqual([
      'environment',
      'holds',
      'manifests',
      'release',
      'unpinnedOperators',
      'items',
      'reliesOn',
      'withoutEffect',
    ])
    expect(Object.keys(found.manifests)).toEqual(['folder', 'asRendered', 'missing', 'stale', 'changed'])
    expect(Object.keys(found.release)).toEqual(['image', 'digest', 'released', 'file', 'line'])
    expect(found.items).toHaveLength(19)
    for (const item of found.items)
      expect(Object.keys(item)).toEqual(['id', 'title', 'group', 'holds', 'evidence', 'missing', 'notes'])
  })

  test('exits with 1 if a required item is missing, and says what to do', async () => {
    const { server, graphs } = AgentsDescription.parse(JSON.parse(read(agentsDescriptionFile)))
    write(agentsDescriptionFile, JSON.stringify({ server: { ...server, rateLimiting: false }, graphs }))
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    expect(status).toBe(1)
    expect(output).toContain(
      "  missing  Rate limiting               The server can't yet limit the request rate of each caller.",
    )
    expect(output).toContain('→ Until then, limit requests in the Gateway')
  })

  test('exits with 0 if every required item holds, regardless of the recommended ones', async () => {
    teachServer()
    await release('prod')
    write('docs/escalation.md', '# Escalation\n\n1. [fill in: the rotation]\n')
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    expect(output).toMatch(/^prod: 8 of 8 required, \d of 7 recommended, \d of 4 documents\n/)
    expect(output).toContain('  missing  Escalation path             escalation.steps, escalation.announce,')
    expect(status).toBe(0)
  })

  test('reports first that manifests differ from the rendered ones, and exits with 1', async () => {
    teachServer()
    await release('prod')
    const manifest = 'environments/prod/manifests/agent/Deployment.deep-agents.yaml'
    appendFileSync(join(copy.folder, manifest), '# by hand\n')
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    const [first, second] = output.split('\n')
    expect(first).toContain('environments/prod/manifests differs from the rendered manifests')
    expect(second).toBe(`  changed  ${manifest}`)
    expect(status).toBe(1)
    expect((await report('prod')).report.manifests).toMatchObject({ asRendered: false, changed: [manifest] })
  })

  test('reports that no image was released yet, and exits with 1', async () => {
    teachServer()
    await release('prod', '0')
    const zeros = await hadal(copy.folder, ['check', 'prod'])
    expect(zeros.output).toContain('No release yet: the digest in environments/prod/release.json:4 ')
    expect(zeros.status).toBe(1)
    await release('prod')
    const ones = await hadal(copy.folder, ['check', 'prod'])
    expect(ones.output).not.toContain('No release yet')
    expect(ones.status).toBe(0)
  })

  test.for([
    ['no environment', ['check'], "missing required argument 'environment'"],
    ['an unknown environment', ['check', 'prdo'], 'Write "prod" if that is meant'],
    ['an unknown option', ['check', 'prod', '--yaml'], "unknown option '--yaml'"],
    ['two environments', ['check', 'dev', 'prod'], 'too many arguments'],
  ] as const)('exits with 2 and an error for %s', async ([, args, sentence]) => {
    const { status, output, errors } = await hadal(copy.folder, args)
    expect(errors).toContain(sentence)
    expect(errors).not.toMatch(/\n\s+at /)
    expect([status, output]).toEqual([2, ''])
  })

  test.for([
    ['missing', undefined, 'is missing.'],
    ['not valid JSON', '{', 'is not valid JSON.'],
    ['of another version', '{ "server": {}, "graphs": [] }', 'does not match this version of Hadal'],
  ] as const)('exits with 2 and says what to do if the description of the agents is %s', async ([, text, sentence]) => {
    rmSync(join(copy.folder, agentsDescriptionFile))
    mkdirSync(join(copy.folder, 'packages/agents'), { recursive: true })
    if (text !== undefined) write(agentsDescriptionFile, text)
    const { status, errors } = await hadal(copy.folder, ['check', 'prod'])
    expect(errors).toContain(sentence)
    expect(errors).toContain('Run "npm run describe".')
    expect(status).toBe(2)
  })

  test('exits with 2 if the configuration is invalid', async () => {
    const file = 'environments/prod/config.ts'
    write(file, read(file).replace("kind: 'cnpg'", "kind: 'mysql'"))
    const { status, errors } = await hadal(copy.folder, ['check', 'prod'])
    expect(errors).toContain(`${file}: postgres.kind`)
    expect(status).toBe(2)
  })
})
