import { renderEnvironment } from '@hadal/charts/render-environment'
import { compareOnCallPage, compareWithCommitted } from '@hadal/cli/render/compare-with-committed'
import { onCallPage } from '@hadal/cli/render/on-call-page'
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

test.each(environments)('the committed page for the person on call of $name is as generated', (environment) => {
  const differences = compareOnCallPage(root, environment.name, onCallPage(environment))
  expect(differences, 'Run "npx hadal render", review the changes and commit them.').toEqual({
    missing: [],
    stale: [],
    changed: [],
  })
})
