import { operatorManifests } from '@hadal/cli/operators/fixtures/operator-manifests'
import { addSidecar } from './add-a-sidecar.ts'
import { addDependency } from './add-dependency.ts'

/** How the test of the how-tos follows a page that needs more than its own commands, files and fields. */
export interface Way {
  /** Reason why the page can't be followed in a checkout, and which tests cover it instead. */
  readonly notHere?: string
  /** What the page presupposes, as shell commands. The commands of the page are then run after them in one shell. */
  readonly before?: string
  /** Files that the page presupposes, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Does what the page presupposes and what needs the network otherwise. */
  readonly prepare?: (folder: string) => void
  /** Environments whose `config.ts` gets the fields that the page shows. Default: `trial`, which "Add an environment" adds. */
  readonly environments?: 'every' | string
  /** What a reader writes in place of a part of the page, such as a digest in place of `…`. */
  readonly instead?: readonly (readonly [part: string | RegExp, own: string])[]
}

const digest = `sha256:${'ab'.repeat(32)}`

/** Pages without an entry are followed as they are. */
export const ways: Readonly<Record<string, Way>> = {
  'approvals.md': {
    notHere:
      'It shows parts of an agent, requests and SQL, not files. packages/runtime/src/http/approvals.int.test.ts runs such agents and requests.',
  },
  'tools-that-fail.md': {
    notHere: 'It shows a part of an agent, not a file. packages/middleware/src/tool-errors.test.ts runs such agents.',
  },
  'from-an-empty-cluster.md': {
    notHere: 'It needs a cluster and a Pulumi engine. test/cluster/pulumi/how-to.test.ts follows it.',
  },
  'restore-a-lost-database.md': {
    notHere: 'It needs a cluster. test/long/recovery/restore-a-lost-database.test.ts follows it.',
  },
  'restore-threads.md': {
    notHere: 'It needs a cluster. The tests of the command "restore" restore threads.',
  },
  'change-the-charts.md': {
    prepare: addSidecar,
    instead: [
      // The tests are part of the whole of npm test, which runs at the end.
      [/^npx vitest .*\n/gm, ''],
      ['npx hadal diff --base main\n', ''],
      ['npx hadal release pin proxy\n', ''],
      // It loads modules of Go.
      ['node charts/src/schemas/generate.ts\n', ''],
    ],
  },
  'encrypt-a-provider-key.md': {
    before: `shopt -s expand_aliases
      export ANTHROPIC_API_KEY=sk-ant-any
      cd "$(mktemp -d)"`,
    instead: [
      ['node packages/runtime/src/main.ts', 'node "$OLDPWD/packages/runtime/src/main.ts"'],
      ['< tokens', '< anthropic-key'],
      ['=both-keys', '=encryption-key'],
    ],
  },
  'give-an-agent-a-sandbox.md': {
    instead: [
      ['sha256:…', digest],
      // The engine of the machine is not part of the repository.
      [/^docker pull .*\nSANDBOX=docker .*\n/gm, ''],
    ],
  },
  'give-an-agent-settings-and-secrets.md': {
    environments: 'every',
    prepare: (folder) => addDependency(folder, 'packages/agents', '@langchain/mcp-adapters'),
  },
  'pin-an-operator.md': {
    // The other commands read from the network.
    instead: [
      [/^npx hadal operators pin keda(?: --version .*| --from https.*)?$/gm, ''],
      [/^npx hadal operators pin redis-operator .*$/gm, ''],
    ],
    files: { 'infra/operators/keda.yaml': operatorManifests('keda.sh', 'registry.example.com/keda:2.22.0', '2.22.0') },
  },
  'promote-a-release.md': {
    // There is no registry. The test writes the digest of a released image into release.json of dev.
    instead: [[/^npx hadal release pin .*\nnpx hadal render$/gm, '']],
  },
  'read-the-checklist.md': {
    // The committed environments have no released image, which the command reports with the status 1.
    instead: [
      [/^npx hadal check prod( --json)?$/gm, 'npx hadal check prod$1 >/dev/null || [ $? = 1 ]'],
      [/^npx hadal check prod --json \| jq .*$/gm, ''],
    ],
  },
}
