import type { IForbiddenRuleType } from 'dependency-cruiser'

/**
 * Folders that each folder may import. Other imports between folders are rejected, so a new folder needs a row here. Every folder may import
 * itself and the packages that its package.json declares.
 */
const mayImport = {
  'packages/platform': [],
  'packages/middleware': [],
  'packages/runtime': ['packages/platform', 'packages/middleware'],
  'packages/agents': ['packages/runtime/src/agents', 'packages/middleware'],
  'packages/cli': ['packages/platform', 'charts', 'packages/middleware'],
  charts: ['packages/platform'],
  infra: ['packages/platform'],
  environments: ['packages/platform'],
} as const satisfies Record<string, readonly string[]>

/** Names of the runtime's features. Each is a folder between the layers `agents` and `store`. */
const features = [
  'approvals',
  'backup',
  'input-validation',
  'log',
  'metrics',
  'models',
  'redis',
  'sandboxes',
  'secrets',
  'spending',
  'tracing',
] as const
const anyFeature = `(${features.join('|')})`

/** Layers of the runtime from top to bottom. Each layer may import the layers below it. */
const runtimeLayers = ['http', 'access', 'runs', 'agents', anyFeature, 'store'] as const
const runtime = '^packages/runtime/src'

const ours = '^(packages/[^/]+|charts|infra|environments|test)/'

/** Pattern of test files and of files that only tests use. */
export const testCode = '\\.test\\.ts$|/fixtures/'

const folders: IForbiddenRuleType[] = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder} imports ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: ours, pathNot: [folder, ...allowed].map((path) => `^${path}/`) },
}))

const layers: IForbiddenRuleType[] = runtimeLayers.map((layer, index) => ({
  name: `runtime/${layer === anyFeature ? '<feature>' : layer} imports only the layers below it`,
  severity: 'error',
  from: { path: `${runtime}/${layer}/`, pathNot: testCode },
  to: { path: [`${runtime}/(main|server|commands|${runtimeLayers.slice(0, index).join('|') || 'main'})([./])`] },
}))

const rooms: IForbiddenRuleType[] = [
  {
    name: 'the root of the runtime holds main.ts and server.ts, and every other file is in a layer or a feature',
    severity: 'error',
    from: { path: `${runtime}/`, pathNot: [`${runtime}/[^/]+\\.int\\.test\\.ts$`] },
    to: {
      path: `${runtime}/`,
      pathNot: [
        `${runtime}/(main|server)\\.ts$`,
        `${runtime}/(http|access|runs|agents|store|commands|fixtures|${anyFeature})/`,
      ],
    },
  },
  {
    name: 'a feature of the runtime is entered by its create-<feature>.ts',
    severity: 'error',
    from: { path: `${runtime}/([^/]+)/`, pathNot: [testCode, `${runtime}/commands/`] },
    to: {
      path: `${runtime}/${anyFeature}/`,
      pathNot: [`${runtime}/$1/`, `${runtime}/${anyFeature}/create-[^/]+\\.ts$`],
      dependencyTypesNot: ['type-only'],
    },
  },
]

/** Files of the runtime that open or lend the connections of the loops, which see the data of all tenants. */
const loops = ['loops', 'open-pools', 'open-runs', 'create-workers', 'worker', 'heartbeat', 'death-watch']

const separations: IForbiddenRuleType[] = [
  {
    name: 'nothing that handles HTTP requests reaches the connections of the loops, which see the data of all tenants',
    severity: 'error',
    from: { path: `${runtime}/(http|access)/`, pathNot: testCode },
    to: { path: `${runtime}/runs/(${loops.join('|')})\\.ts$` },
  },
]

/** Shipped source files for users of Hadal. In this repository only tests import them. */
export const importedByUsers: readonly string[] = [
  'charts/src/patch-object.ts',
  'packages/middleware/src/response-cache/memory-answer-store.ts',
  'packages/runtime/src/agents/load-graph.ts',
]

/** The import law as rules of dependency-cruiser. */
export const importLaw: IForbiddenRuleType[] = [
  ...folders,
  ...layers,
  ...rooms,
  ...separations,
  {
    name: 'an environment imports its own release.json, and no environment imports another',
    severity: 'error',
    from: { path: '^environments/([^/]+)/' },
    to: { path: '^environments/', pathNot: '^environments/$1/release\\.json$' },
  },
  {
    name: 'nothing imports an environment: platform loads it by path',
    severity: 'error',
    from: { pathNot: '^environments/' },
    to: { path: '^environments/' },
  },
  {
    name: 'the server does not depend on cdk8s or Pulumi',
    severity: 'error',
    from: { path: '^packages/(platform|middleware|runtime|agents)/' },
    to: { path: 'node_modules/(cdk8s|constructs|@pulumi)/' },
  },
  {
    name: 'rendering does not depend on Pulumi, whose import alone takes over a second',
    severity: 'error',
    from: { path: '^(packages/cli|charts)/' },
    to: { path: 'node_modules/@pulumi/' },
  },
  {
    name: 'a package is reached by its name, never by a path into its folder',
    severity: 'error',
    from: { path: '^(packages/[^/]+|charts|infra|environments|test)/' },
    to: { path: ours, pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'every imported package is declared in the package.json of its importer',
    severity: 'error',
    from: { path: ours, pathNot: '^environments/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'], pathNot: '^node:' },
  },
  {
    name: 'every import resolves',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'the shipped source does not import test tools',
    severity: 'error',
    from: { path: '^(packages/[^/]+|charts|infra)/src/', pathNot: testCode },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'the shipped source does not import test code',
    severity: 'error',
    from: { path: '^(packages/[^/]+|charts|infra)/src/', pathNot: testCode },
    to: { path: `^(packages/[^/]+|charts|infra)/.*(${testCode})` },
  },
  {
    name: 'no import cycle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
]
