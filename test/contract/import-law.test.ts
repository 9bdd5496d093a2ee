import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { cruiseImports } from './cruise-imports.ts'
import { importLaw } from './import-law.ts'

const checkout = join(import.meta.dirname, '../..')
const trees: string[] = []

afterEach(async () => {
  for (const tree of trees.splice(0)) await rm(tree, { recursive: true, force: true })
})

/** Creates a folder with the layout of the checkout and the given files. */
async function tree(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'hadal-import-law-'))
  trees.push(root)
  const workspace = ['platform', 'middleware', 'runtime', 'agents', 'cli'].map((name) => [name, `packages/${name}`])
  await mkdir(join(root, 'node_modules/@hadal'), { recursive: true })
  for (const [name = '', folder = ''] of [...workspace, ['charts', 'charts'], ['infra', 'infra']]) {
    const all = ['platform', 'middleware', 'runtime', 'agents', 'cli', 'charts', 'infra'].filter(
      (other) => other !== name,
    )
    const declared = Object.fromEntries(all.map((other) => [`@hadal/${other}`, 'workspace:*']))
    await mkdir(join(root, folder, 'src'), { recursive: true })
    const manifest = {
      name: `@hadal/${name}`,
      exports: { './*': './src/*.ts' },
      dependencies: { ...declared, cdk8s: '1' },
    }
    await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest))
    await symlink(join(root, folder), join(root, 'node_modules/@hadal', name))
  }
  const development = { '@hadal/platform': 'workspace:*' }
  await write(root, 'package.json', JSON.stringify({ name: 'tree', devDependencies: development }))
  for (const dependency of ['cdk8s', '@pulumi/pulumi', 'undeclared']) {
    await write(
      root,
      `node_modules/${dependency}/package.json`,
      JSON.stringify({ name: dependency, main: './index.js' }),
    )
    await write(root, `node_modules/${dependency}/index.js`, 'exports.x = 1')
  }
  for (const [path, text] of Object.entries(files)) await write(root, path, text)
  return root
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

const leaf = 'export const x = 1\n'
const from = (module: string): string => `import { x } from '${module}'\nexport const y = x\n`

/** Files that violate a rule, by the name of the rule. */
const broken: Record<string, Record<string, string>> = {
  'packages/platform imports nothing of ours': {
    'packages/platform/src/a.ts': from('@hadal/middleware/b'),
    'packages/middleware/src/b.ts': leaf,
  },
  'packages/middleware imports nothing of ours': {
    'packages/middleware/src/a.ts': from('@hadal/platform/b'),
    'packages/platform/src/b.ts': leaf,
  },
  'packages/runtime imports only packages/platform, packages/middleware': {
    'packages/runtime/src/a.ts': from('@hadal/charts/b'),
    'charts/src/b.ts': leaf,
  },
  'packages/agents imports only packages/runtime/src/agents, packages/middleware': {
    'packages/agents/src/a.ts': from('@hadal/runtime/store/b'),
    'packages/runtime/package.json': JSON.stringify({
      name: '@hadal/runtime',
      exports: { './store/*': './src/store/*.ts' },
    }),
    'packages/runtime/src/store/b.ts': leaf,
  },
  'packages/cli imports only packages/platform, charts, packages/middleware': {
    'packages/cli/src/a.ts': from('@hadal/runtime/b'),
    'packages/runtime/src/b.ts': leaf,
  },
  'charts imports only packages/platform': {
    'charts/src/a.ts': from('@hadal/infra/b'),
    'infra/src/b.ts': leaf,
  },
  'infra imports only packages/platform': {
    'infra/src/a.ts': from('@hadal/charts/b'),
    'charts/src/b.ts': leaf,
  },
  'environments imports only packages/platform': {
    'environments/dev/config.ts': from('@hadal/charts/b'),
    'charts/src/b.ts': leaf,
  },
  'runtime/http imports only the layers below it': {
    'packages/runtime/src/http/a.ts': from('../main.ts'),
    'packages/runtime/src/main.ts': leaf,
  },
  'runtime/runs imports only the layers below it': {
    'packages/runtime/src/runs/a.ts': from('../http/b.ts'),
    'packages/runtime/src/http/b.ts': leaf,
  },
  'runtime/access imports only the layers below it': {
    'packages/runtime/src/access/a.ts': from('../http/b.ts'),
    'packages/runtime/src/http/b.ts': leaf,
  },
  'runtime/agents imports only the layers below it': {
    'packages/runtime/src/agents/a.ts': from('../runs/b.ts'),
    'packages/runtime/src/runs/b.ts': leaf,
  },
  'runtime/store imports only the layers below it': {
    'packages/runtime/src/store/a.ts': from('../agents/b.ts'),
    'packages/runtime/src/agents/b.ts': leaf,
  },
  'runtime/<feature> imports only the layers below it': {
    'packages/runtime/src/spending/create-spending.ts': from('../agents/b.ts'),
    'packages/runtime/src/agents/b.ts': leaf,
  },
  'the root of the runtime holds main.ts and server.ts, and every other file is in a layer or a feature': {
    'packages/runtime/src/server.ts': from('./open-runs.ts'),
    'packages/runtime/src/open-runs.ts': leaf,
  },
  'a feature of the runtime is entered by its create-<feature>.ts': {
    'packages/runtime/src/runs/a.ts': from('../redis/redis-connection.ts'),
    'packages/runtime/src/redis/redis-connection.ts': leaf,
  },
  'nothing that handles HTTP requests reaches the connections of the loops, which see the data of all tenants': {
    'packages/runtime/src/http/a.ts': from('../runs/loops.ts'),
    'packages/runtime/src/runs/loops.ts': leaf,
  },
  'an environment imports its own release.json, and no environment imports another': {
    'environments/dev/config.ts': from('../prod/config.ts'),
    'environments/prod/config.ts': leaf,
  },
  'nothing imports an environment: platform loads it by path': {
    'packages/cli/src/a.ts': from('../../../environments/dev/config.ts'),
    'environments/dev/config.ts': leaf,
  },
  'the server does not depend on cdk8s or Pulumi': { 'packages/runtime/src/a.ts': from('cdk8s') },
  'rendering does not depend on Pulumi, whose import alone takes over a second': {
    'packages/cli/src/a.ts': from('@pulumi/pulumi'),
  },
  'a package is reached by its name, never by a path into its folder': {
    'packages/runtime/src/a.ts': from('../../platform/src/b.ts'),
    'packages/platform/src/b.ts': leaf,
  },
  'every imported package is declared in the package.json of its importer': { 'charts/src/a.ts': from('undeclared') },
  'every import resolves': { 'charts/src/a.ts': from('./gone.ts') },
  'the shipped source does not import test tools': {
    'charts/package.json': JSON.stringify({ name: '@hadal/charts', devDependencies: { cdk8s: '1' } }),
    'charts/src/a.ts': from('cdk8s'),
  },
  'the shipped source does not import test code': {
    'charts/src/a.ts': from('./fixtures/b.ts'),
    'charts/src/fixtures/b.ts': leaf,
  },
  'no import cycle': { 'charts/src/a.ts': from('./b.ts'), 'charts/src/b.ts': from('./a.ts') },
}

describe('the import law', () => {
  test('holds for the checkout', async () => {
    expect(await cruiseImports(checkout)).toEqual([])
  })

  test('every rule has a test case that violates it', () => {
    expect(Object.keys(broken).sort()).toEqual(importLaw.map((rule) => rule.name).sort())
  })

  test.for(Object.entries(broken))('reports a violation: %s', async ([rule, files]) => {
    const breaches = await cruiseImports(await tree(files))
    expect(breaches.map((breach) => breach.split(': ').slice(0, -1).join(': '))).toContain(rule)
  })

  test.for([
    'charts',
    'packages/platform',
    'packages/cli',
    'packages/runtime',
    'packages/agents',
    'packages/middleware',
  ])('%s imports neither infra nor Pulumi', async (folder) => {
    const manifest = {
      name: `@hadal/${folder.split('/').at(-1)}`,
      dependencies: { '@hadal/infra': 'workspace:*', '@pulumi/pulumi': '1' },
    }
    const breaches = await cruiseImports(
      await tree({
        [`${folder}/package.json`]: JSON.stringify(manifest),
        [`${folder}/src/a.ts`]: from('@hadal/infra/b'),
        [`${folder}/src/c.ts`]: from('@pulumi/pulumi'),
        'infra/src/b.ts': leaf,
      }),
    )
    expect(breaches.filter((breach) => breach.includes(`${folder}/src/a.ts -> infra/src/b.ts`))).not.toEqual([])
    expect(breaches.filter((breach) => breach.includes(`${folder}/src/c.ts -> node_modules/@pulumi`))).not.toEqual([])
  })

  test('reports an undeclared sibling package', async () => {
    const root = await tree({
      'charts/package.json': JSON.stringify({ name: '@hadal/charts' }),
      'charts/src/a.ts': from('@hadal/platform/b'),
      'packages/platform/src/b.ts': leaf,
    })
    expect(await cruiseImports(root)).toEqual(['a sibling package is declared: charts/src/a.ts -> @hadal/platform/b'])
  })

  test('reports a file outside of fixtures/ that only tests import', async () => {
    const root = await tree({
      'charts/src/shapes.ts': leaf,
      'charts/src/a.test.ts': from('./shapes.ts'),
      'charts/src/fixtures/b.ts': leaf,
      'charts/src/b.test.ts': from('./fixtures/b.ts'),
    })
    expect(await cruiseImports(root)).toEqual([
      'a file that only tests import is in fixtures/: charts/src/a.test.ts -> charts/src/shapes.ts',
    ])
  })

  test('reports nothing for allowed imports', async () => {
    const root = await tree({
      'packages/platform/src/environment.ts': leaf,
      'charts/src/a.ts': from('@hadal/platform/environment'),
      'packages/runtime/src/store/s.ts': leaf,
      'packages/runtime/src/redis/redis-connection.ts': from('../store/s.ts'),
      'packages/runtime/src/redis/create-redis.ts': from('./redis-connection.ts'),
      'packages/runtime/src/redis/redis.int.test.ts': from('../http/h.ts'),
      'packages/runtime/src/runs/r.ts': from('../redis/create-redis.ts'),
      'packages/runtime/src/http/h.ts': from('../runs/r.ts'),
      'packages/runtime/src/main.ts': from('./http/h.ts'),
      'environments/dev/config.ts': `import release from './release.json' with { type: 'json' }\nexport default release\n`,
      'environments/dev/release.json': '{}',
    })
    expect(await cruiseImports(root)).toEqual([])
  })
})
