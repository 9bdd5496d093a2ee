import { renderEnvironment } from '@hadal/charts/render-environment'
import { compareWithCommitted } from '@hadal/cli/render/compare-with-committed'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)

test.each(environments)('the committed manifests of $name equal the rendered ones, byte for byte', (environment) => {
  const differences = compareWithCommitted(root, environment.name, renderEnvironment(environment))
  expect(differences, 'Run "npx hadal render", review the changes and commit them.').toEqual({
    missing: [],
    stale: [],
    changed: [],
  })
})
