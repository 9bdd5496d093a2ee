/** The clone in which a user works. */
interface Clone {
  readonly shell: (script: string) => Promise<string>
  readonly read: (path: string) => string
  readonly write: (path: string, text: string) => void
}

const workflow = `name: nightly
on:
  schedule: [{ cron: "0 3 * * *" }]
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo hello
`

/** Changes everything in a clone that belongs to its user: environments, agents, documents, workflows, folders, the repository's address, the image. */
export async function changeEverything({ shell, read, write }: Clone): Promise<void> {
  // Renames staging, deletes dev, and adds an environment whose name ends with the name of a component.
  await shell(`hadal new environment qa --from staging
    git rm -r --quiet environments/staging && rm -rf environments/staging
    git mv infra/Pulumi.staging.yaml infra/Pulumi.qa.yaml
    git rm -r --quiet environments/dev infra/Pulumi.dev.yaml && rm -rf environments/dev
    hadal new environment prod-agent --from prod`)
  write('renovate.json', read('renovate.json').replace('environments/dev/release.json', 'environments/qa/release.json'))

  // The repository's address, and the image in a registry.
  await shell(`sed -i "s#https://git.example.com/platform/hadal.git#ssh://git@code.acme.example/agents.git#; /browseUrl/d" environments/*/config.ts
    sed -i "s#registry.example.com/hadal/deep-agents#registry.acme.example/agents#" environments/*/release.json
    biome check --write environments >/dev/null`)

  // Without the example.
  const { graphs, ...rest } = JSON.parse(read('packages/agents/langgraph.json'))
  const { researcher: _, ...own } = graphs
  write('packages/agents/langgraph.json', `${JSON.stringify({ ...rest, graphs: own }, null, 2)}\n`)
  await shell('git rm -r --quiet packages/agents/src/researcher && npm run describe')

  // Documents, a workflow and a folder.
  write('README.md', '# Agents of Acme\n\nSee [our rules](docs/our-rules.md#no-1-be_kind).\n')
  write(
    'docs/our-rules.md',
    '# Our rules\n\n## No. 1: be_kind\n\n[Mail](mailto:a@acme.example), [above](#no-1-be_kind), [start](/README.md).\n',
  )
  write('docs/escalation.md', '# Escalation\n\nThe rotation "agents" of Acme, by pager.\n')
  write('docs/how-to/call-acme.md', '# Call Acme\n\nBy phone.\n')
  write('docs/runbooks/restore-a-backup.md', '# Restore a backup\n\nCarefully.\n')
  write('.github/workflows/nightly.yaml', workflow)
  write('scripts/compose.yaml', `services:\n  web:\n    image: registry.acme.example/web@sha256:${'ab'.repeat(32)}\n`)
  write('scripts/greet.ts', "export const greeting = 'hello'\n")
  await shell('biome check --write environments packages/agents scripts >/dev/null && hadal render')
}
