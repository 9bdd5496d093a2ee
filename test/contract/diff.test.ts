import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { type GitCopy, gitCopy, gitEnvironment } from '../git-copy.ts'
import { hadal } from '../hadal.ts'
import { repositoryCopy } from '../repository-copy.ts'

let copy: GitCopy
beforeAll(async () => {
  copy = await gitCopy()
})
beforeEach(() => copy.reset())
afterAll(() => copy.remove())

type Fields = Record<string, unknown>

/** Returns the value at a path of a parsed manifest. */
const inside = (object: Fields, ...path: (string | number)[]): Fields =>
  path.reduce<Fields>((value, key) => value[key] as Fields, object)

/** Changes a committed manifest, so that it differs from the rendered one. */
function edit(file: string, change: (object: Fields) => void): void {
  const path = join(copy.folder, 'environments', file)
  const object: Fields = parse(readFileSync(path, 'utf8'))
  change(object)
  writeFileSync(path, stringify(object, { version: '1.1' }))
}

function add(file: string, object: Fields): void {
  const path = join(copy.folder, 'environments', file)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, stringify(object, { version: '1.1' }))
}

interface Report {
  readonly base: string
  readonly commit: string
  readonly environments: readonly {
    readonly name: string
    readonly state: string
    readonly dangers: readonly {
      readonly rule: string
      readonly object: string
      readonly what: string
      readonly why: string
    }[]
    readonly objects: readonly { readonly kind: string; readonly name: string; readonly change: string }[]
  }[]
}

async function report(...args: string[]): Promise<Report> {
  const { status, output, errors } = await copy.hadal('diff', '--base', 'main', '--json', ...args)
  expect(errors).toBe('')
  expect(status).toBe(0)
  return JSON.parse(output)
}

test('an unchanged work tree has no changes and no dangers', async () => {
  const { status, output } = await copy.hadal('diff', '--base', 'main')
  expect(output).toContain('No rendered object changes.\n')
  expect(output).toMatch(/No dangers found\.\n$/)
  expect(status).toBe(0)
})

test('shows the effect of a changed configuration, even if it is not committed', async () => {
  const config = join(copy.folder, 'environments/prod/config.ts')
  writeFileSync(config, readFileSync(config, 'utf8').replace("size: '100Gi'", "size: '50Gi'"))
  const { output } = await copy.hadal('diff', '--base', 'main', 'prod')
  expect(output).toContain('### One danger\n\n- **prod** · `Cluster postgres`, `spec.storage.size`: The volume shrinks')
  expect(output).toContain('- spec.storage.size: 100Gi\n+ spec.storage.size: 50Gi\n')
  expect(output.indexOf('One danger')).toBeLessThan(output.indexOf('<details>'))
})

test('finds each danger of objects that became weaker, and no others', async () => {
  const metadata = { name: 'x', namespace: 'hadal-prod' }
  const agent = 'prod/manifests/agent'
  edit(`${agent}/Deployment.deep-agents.yaml`, (object) => {
    inside(object, 'spec', 'selector', 'matchLabels').tier = 'front'
    const container = inside(object, 'spec', 'template', 'spec', 'containers', 0)
    inside(container, 'resources', 'limits').memory = '4Gi'
    inside(object, 'spec', 'template', 'spec').terminationGracePeriodSeconds = 901
  })
  edit(`${agent}/HorizontalPodAutoscaler.deep-agents-hpa.yaml`, (object) => {
    inside(object, 'spec').minReplicas = 4
  })
  edit(`${agent}/PodDisruptionBudget.deep-agents.yaml`, (object) => {
    inside(object, 'spec').minAvailable = 3
  })
  add(`${agent}/Ingress.x.yaml`, { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: {} })
  edit('prod/manifests/postgres/ObjectStore.postgres-backups.yaml', (object) => {
    inside(object, 'spec').retentionPolicy = '90d'
  })
  add('prod/manifests/postgres/PersistentVolumeClaim.x.yaml', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
  })
  add('prod/manifests/secrets/ExternalSecret.x.yaml', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata,
    spec: { data: [{ secretKey: 'key' }] },
  })
  edit('prod/manifests/argocd/AppProject.hadal-prod.yaml', (object) => {
    inside(object, 'spec').destinations = []
  })
  edit('prod/manifests/tenancy/NetworkPolicy.deep-agents.yaml', (object) => {
    inside(object, 'spec').egress = []
  })
  edit('prod/manifests/tenancy/ResourceQuota.deep-agents.yaml', (object) => {
    inside(object, 'spec', 'hard')['count/jobs.batch'] = 5
  })
  edit('prod/manifests/observability/PrometheusRule.deep-agents.yaml', (object) => {
    const groups = inside(object, 'spec').groups as { rules: Fields[] }[]
    groups.at(-1)?.rules.push({ alert: 'AgentBored', expr: 'runs == 0', labels: { severity: 'page' } })
  })
  copy.commit('Stronger')

  const [prod, ...others] = (await report()).environments.filter(({ dangers }) => dangers.length > 0)
  expect(others).toEqual([])
  const rules = prod?.dangers.map(({ rule, object }) => `${rule}: ${object}`)
  expect([...new Set(rules)].toSorted()).toEqual([
    'disruption-budget: PodDisruptionBudget deep-agents',
    'fewer-replicas: Deployment deep-agents',
    'immutable-fields: Deployment deep-agents',
    'lost-secrets: ExternalSecret x',
    'removed-data: PersistentVolumeClaim x',
    'weaker-alerts: PrometheusRule deep-agents',
    'weaker-backups: ObjectStore postgres-backups',
    'weaker-limits: Deployment deep-agents',
    'weaker-limits: ResourceQuota deep-agents',
    'wider-network: NetworkPolicy deep-agents',
    'wider-rights: AppProject hadal-prod',
  ])
  for (const { what, why } of prod?.dangers ?? []) {
    expect(what).toMatch(/\.$/)
    expect(why).toMatch(/^[A-Z].*\.$/)
  }
})

test('reports a new and a removed environment as a whole', async () => {
  cpSync(join(copy.folder, 'environments/dev'), join(copy.folder, 'environments/trial'), { recursive: true })
  const config = join(copy.folder, 'environments/trial/config.ts')
  const text = readFileSync(config, 'utf8').replaceAll(/'(hadal-)?dev'/g, "'$1trial'")
  writeFileSync(config, text.replace("operators: 'managed'", "operators: 'present'"))
  rmSync(join(copy.folder, 'environments/trial/manifests'), { recursive: true })
  rmSync(join(copy.folder, 'environments/staging'), { recursive: true })
  const { environments } = await report()
  expect(environments.map(({ name, state, dangers }) => [name, state, dangers.length])).toEqual([
    ['dev', 'kept', 0],
    ['prod', 'kept', 0],
    ['staging', 'removed', 1],
    ['trial', 'new', 0],
  ])
  expect((await report('staging')).environments.map(({ state }) => state)).toEqual(['removed'])
})

test('does not show commits that were merged after the branch was created as reverted', async () => {
  copy.git('switch', '--quiet', '--force-create', 'mine')
  copy.commit('Mine')
  copy.git('switch', '--quiet', 'main')
  edit('prod/manifests/agent/PodDisruptionBudget.deep-agents.yaml', (object) => {
    inside(object, 'spec').minAvailable = 9
  })
  copy.commit('Theirs')
  copy.git('switch', '--quiet', 'mine')
  expect((await report()).environments.flatMap(({ objects }) => objects)).toEqual([])
})

test('works in a folder of a larger repository', async () => {
  const parent = mkdtempSync(join(copy.folder, '.parent-'))
  for (const entry of ['environments', 'pnpm-workspace.yaml', '.git'])
    cpSync(join(copy.folder, entry), join(parent, entry === '.git' ? entry : `inner/${entry}`), { recursive: true })
  const options = ['-C', parent]
  copy.git(...options, 'add', '--all')
  copy.git(...options, 'commit', '--quiet', '--message', 'Moved')
  const { output } = await hadal(join(parent, 'inner'), ['diff', '--base', 'main'], gitEnvironment)
  expect(output).toContain('No rendered object changes.')
})

test('escapes markup in manifests, and the report fits into a comment', async () => {
  edit('dev/manifests/agent/ConfigMap.deep-agents-settings.yaml', (object) => {
    object.data = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`FIELD_${index}`, 'x'.repeat(100)]))
    inside(object, 'data').EVIL = '</details>\n```\n<img src=x> @team\n```\n'
  })
  edit('dev/manifests/argocd/AppProject.hadal-dev.yaml', (object) => {
    inside(object, 'spec').sourceRepos = []
  })
  edit('dev/manifests/observability/PrometheusRule.deep-agents.yaml', (object) => {
    const groups = inside(object, 'spec').groups as { rules: Fields[] }[]
    groups.at(-1)?.rules.push({ alert: '<img src=x> @team', expr: '1', labels: { severity: 'page' } })
  })
  copy.commit('Long')
  const { output } = await copy.hadal('diff', '--base', 'main', 'dev')
  expect(Buffer.byteLength(output)).toBeLessThan(65_000)
  expect(output).toContain('more entries do not fit here. Run `npx hadal diff --base main --json` for the full report.')
  expect(output).toContain('&lt;img src=x&gt; &#64;team')
  const outside = output.replaceAll(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  expect(outside).not.toMatch(/<img|@team/)
})

test.each([
  [
    'an unknown revision',
    ['--base', 'mian'],
    /^hadal: Unknown revision "mian"\. Use a branch, a tag or a commit\..*\n$/,
  ],
  ['a revision that looks like an option', ['--base=--help'], /^hadal: Unknown revision "--help"\./],
  [
    'an unknown environment',
    ['--base', 'main', 'prdo'],
    /Unknown environment\. Known environments: dev, prod, staging\./,
  ],
])('rejects %s with an error message', async (_what, args, sentence) => {
  const { status, errors } = await copy.hadal('diff', ...args)
  expect(errors).toMatch(sentence)
  expect(errors).not.toMatch(/\n\s+at /)
  expect(status).toBe(1)
})

test('rejects a folder outside Git with an error message', async () => {
  const { folder, remove } = repositoryCopy()
  try {
    // The folder is inside the checkout, which is a Git repository. Git must not find it.
    const environment = { ...gitEnvironment, GIT_CEILING_DIRECTORIES: join(folder, '..') }
    const { status, errors } = await hadal(folder, ['diff', '--base', 'main'], environment)
    expect(errors).toContain('is not in a readable Git repository')
    expect(errors).toContain('Run the command in a clone of your repository.')
    expect(status).toBe(1)
  } finally {
    remove()
  }
})

test('says how to fetch the rest of a shallow clone', async () => {
  copy.git('switch', '--quiet', '--force-create', 'mine')
  copy.commit('Mine')
  copy.git('switch', '--quiet', 'main')
  copy.commit('Theirs')
  const parent = mkdtempSync(join(tmpdir(), 'shallow-'))
  try {
    const clone = join(parent, 'clone')
    const from = `file://${copy.folder}`
    copy.git('clone', '--quiet', '--depth', '1', '--no-single-branch', '--branch', 'mine', from, clone)
    for (const base of ['origin/main', 'HEAD~3']) {
      const { status, errors } = await hadal(clone, ['diff', '--base', base], gitEnvironment)
      expect(errors).toContain('This clone is shallow. Run "git fetch --unshallow"')
      expect(status).toBe(1)
    }
  } finally {
    rmSync(parent, { recursive: true })
  }
})
