import type { IForbiddenRuleType } from 'dependency-cruiser'

/**
 * Who may import whom, by folder. What is not named here is refused, so a new folder is closed until its row is written.
 * Every folder may import itself and what its own package.json declares.
 */
const mayImport = {
  'packages/platform': [],
  'packages/middleware': [],
  'packages/runtime': ['packages/platform', 'packages/middleware'],
  'packages/agents': ['packages/runtime/src/agents', 'packages/middleware'],
  'packages/cli': ['packages/platform', 'charts'],
  charts: ['packages/platform'],
  infra: ['packages/platform'],
  environments: ['packages/platform'],
} as const satisfies Record<string, readonly string[]>

/** Inside the runtime, each layer sees those below it. */
const runtimeLayers = ['http', 'runs', 'agents', 'store'] as const

const ours = '^(packages/[^/]+|charts|infra|environments|test)/'

const folders: IForbiddenRuleType[] = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder} imports only ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: ours, pathNot: [folder, ...allowed].map((path) => `^${path}/`) },
}))

const layers: IForbiddenRuleType[] = runtimeLayers.map((layer, index) => ({
  name: `runtime/${layer} imports only the layers below it`,
  severity: 'error',
  from: { path: `^packages/runtime/src/${layer}/` },
  to: { path: [`^packages/runtime/src/(main|${runtimeLayers.slice(0, index).join('|') || 'main'})([./])`] },
}))

/** The import law as rules of dependency-cruiser. */
export const importLaw: IForbiddenRuleType[] = [
  ...folders,
  ...layers,
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
    name: 'the server does not carry cdk8s or Pulumi',
    severity: 'error',
    from: { path: '^packages/(platform|middleware|runtime|agents)/' },
    to: { path: 'node_modules/(cdk8s|constructs|@pulumi)/' },
  },
  {
    name: 'rendering does not carry Pulumi: its import alone costs over a second',
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
    name: 'what is imported is declared in the package.json beside it',
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
    from: { path: '^(packages/[^/]+|charts|infra)/src/', pathNot: '\\.test\\.ts$|/fixtures/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no import cycle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
]
