import { expect, test } from 'vitest'
import { compareEnvironment } from './compare-environment.ts'
import { claim, deployment, pathOf } from './fixtures/danger-objects.ts'
import { markdownReport } from './markdown-report.ts'

test('lists the objects of a new environment by component, in one line each', () => {
  const objects = [deployment(), claim('1Gi')].map((object) => ({
    component: 'agent',
    object,
    path: pathOf(object),
    text: '',
  }))
  const environment = { ...compareEnvironment('trial', new Map(), objects), dangers: [] }
  const report = markdownReport({ base: 'main', commit: '0'.repeat(40), environments: [environment] })
  expect(report).toContain('- Environment **trial** is new.\n')
  expect(report.split('### Objects\n')[1]?.trim()).toBe(
    '- new in agent: <code>Deployment x</code>, <code>PersistentVolumeClaim x</code> <em>trial</em>',
  )
})
