import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport } from '@hadal/cli/check/report'
import { render } from '@hadal/cli/render/render'
import { AgentsDescription, agentsDescriptionFile } from '@hadal/platform/agents-description'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hadal } from '../hadal.ts'
import { repositoryCopy, root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)
let copy: ReturnType<typeof repositoryCopy>

/** A copy with all that the checklist looks at, its manifests as rendered. */
beforeEach(async () => {
  copy = repositoryCopy()
  const description = AgentsDescription.parse(JSON.parse(readFileSync(join(root, agentsDescriptionFile), 'utf8')))
  const proofs = Object.values(description.server).flatMap((proof) => (proof ? [proof.file] : []))
  for (const file of ['docs', agentsDescriptionFile, ...proofs])
    cpSync(join(root, file), join(copy.folder, file), { recursive: true })
  expect(await render({ root: copy.folder, names: [], check: false, write: () => {} })).toBe(0)
})
afterEach(() => copy.remove())

const read = (file: string): string => readFileSync(join(copy.folder, file), 'utf8')
const write = (file: string, text: string): void => writeFileSync(join(copy.folder, file), text)

async function report(name: string): Promise<{ status: number | null; report: CheckReport }> {
  const { status, output } = await hadal(copy.folder, ['check', name, '--json'])
  return { status, report: JSON.parse(output) }
}

/** A server that can do everything, which no server can yet: what it would take for the status to be 0. */
function teachServer(): void {
  const { graphs, server } = AgentsDescription.parse(JSON.parse(read(agentsDescriptionFile)))
  const proof = { file: 'proof.test.ts', test: 'it can' }
  const all = Object.fromEntries(Object.keys(server).map((name) => [name, proof]))
  write(agentsDescriptionFile, JSON.stringify({ server: all, graphs }, null, 2))
  write(proof.file, "test('it can', () => {})\n")
}

describe.each(environments)('hadal check $name', ({ name }) => {
  test('shows evidence in files that are there, at the lines of the objects that it names', async () => {
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

  test('fits 120 columns, without colour where nobody looks', async () => {
    const { output, errors } = await hadal(copy.folder, ['check', name])
    expect(errors).toBe('')
    expect(output.split('\n').filter((line) => line.length > 120)).toEqual([])
    expect(output).not.toContain('\u001b')
  })
})

describe('hadal check', () => {
  test('answers nineteen items in JSON of a shape that stays', async () => {
    const { report: found } = await report('prod')
    expect(Object.keys(found)).toEqual(['environment', 'holds', 'manifests', 'release', 'items', 'reliesOn'])
    expect(Object.keys(found.manifests)).toEqual(['folder', 'asRendered', 'missing', 'stale', 'changed'])
    expect(Object.keys(found.release)).toEqual(['image', 'digest', 'released', 'file', 'line'])
    expect(found.items).toHaveLength(19)
    for (const item of found.items)
      expect(Object.keys(item)).toEqual(['id', 'title', 'group', 'holds', 'evidence', 'missing', 'notes'])
  })

  test('ends with 1 where a required item is missing, and says what to do', async () => {
    const { server, graphs } = AgentsDescription.parse(JSON.parse(read(agentsDescriptionFile)))
    write(agentsDescriptionFile, JSON.stringify({ server: { ...server, rateLimiting: false }, graphs }))
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    expect(status).toBe(1)
    expect(output).toContain(
      "  missing  Rate limiting               The server can't yet limit the requests of a caller.",
    )
    expect(output).toContain('→ Until it can, limit requests in front of it')
  })

  test('ends with 0 where every required item holds, whatever is recommended', async () => {
    teachServer()
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    expect(output).toMatch(/^prod: 8 of 8 required, \d of 7 recommended, \d of 4 documents\n/)
    expect(output).toContain('  missing  Escalation path             docs/escalation.md is not filled in')
    expect(status).toBe(0)
  })

  test('says first that manifests are not as rendered, and then never ends with 0', async () => {
    teachServer()
    const manifest = 'environments/prod/manifests/agent/Deployment.deep-agents.yaml'
    appendFileSync(join(copy.folder, manifest), '# by hand\n')
    const { status, output } = await hadal(copy.folder, ['check', 'prod'])
    const [first, second] = output.split('\n')
    expect(first).toContain('environments/prod/manifests is not as rendered')
    expect(second).toBe(`  changed  ${manifest}`)
    expect(status).toBe(1)
    expect((await report('prod')).report.manifests).toMatchObject({ asRendered: false, changed: [manifest] })
  })

  test('says that nothing was released yet', async () => {
    const file = 'environments/prod/release.json'
    const { image } = JSON.parse(read(file))
    const digest = (character: string) =>
      JSON.stringify({ image: { ...image, digest: `sha256:${character.repeat(64)}` } }, null, 2)
    write(file, digest('0'))
    await render({ root: copy.folder, names: ['prod'], check: false, write: () => {} })
    expect((await hadal(copy.folder, ['check', 'prod'])).output).toContain(`No release yet: ${file}:4 `)
    write(file, digest('1'))
    await render({ root: copy.folder, names: ['prod'], check: false, write: () => {} })
    expect((await hadal(copy.folder, ['check', 'prod'])).output).not.toContain('No release yet')
  })

  test.for([
    ['no environment', ['check'], "missing required argument 'environment'"],
    ['an unknown environment', ['check', 'prdo'], 'Write "prod" if that is meant'],
    ['an unknown option', ['check', 'prod', '--yaml'], "unknown option '--yaml'"],
    ['two environments', ['check', 'dev', 'prod'], 'too many arguments'],
  ] as const)('ends with 2 and a sentence for %s', async ([, args, sentence]) => {
    const { status, output, errors } = await hadal(copy.folder, args)
    expect(errors).toContain(sentence)
    expect(errors).not.toMatch(/\n\s+at /)
    expect([status, output]).toEqual([2, ''])
  })

  test.for([
    ['not there', undefined, 'is not there, so nothing is known of the agents.'],
    ['no JSON', '{', 'is no JSON.'],
    ['of another version', '{ "server": {}, "graphs": [] }', 'is not what this version writes'],
  ] as const)('ends with 2 and the mend where the description of the agents is %s', async ([, text, sentence]) => {
    rmSync(join(copy.folder, agentsDescriptionFile))
    mkdirSync(join(copy.folder, 'packages/agents'), { recursive: true })
    if (text !== undefined) write(agentsDescriptionFile, text)
    const { status, errors } = await hadal(copy.folder, ['check', 'prod'])
    expect(errors).toContain(sentence)
    expect(errors).toContain('Run "npm run describe".')
    expect(status).toBe(2)
  })

  test('ends with 2 where the configuration has problems', async () => {
    const file = 'environments/prod/config.ts'
    write(file, read(file).replace("kind: 'cnpg'", "kind: 'mysql'"))
    const { status, errors } = await hadal(copy.folder, ['check', 'prod'])
    expect(errors).toContain(`${file}: postgres.kind`)
    expect(status).toBe(2)
  })
})
