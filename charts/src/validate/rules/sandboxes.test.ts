import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { sandbox } from '../../fixtures/shapes.ts'
import { renderEnvironment } from '../../render-environment.ts'
import type { JsonRecord, RenderedObject } from '../../rendered-object.ts'
import { recordAt } from '../read-json.ts'
import { subjectOf } from '../subject-of.ts'
import { sandboxes } from './sandboxes.ts'

const environment = soundEnvironment({ sandbox })
const objects = renderEnvironment(environment)

/** Returns the problems that the rule for sandboxes finds after one object was changed. */
function saidOf(path: string, change: (object: JsonRecord) => JsonRecord): string[] {
  const changed = objects.map(
    (rendered): RenderedObject =>
      rendered.path === path ? { ...rendered, object: { ...rendered.object, ...change(rendered.object) } } : rendered,
  )
  expect(objects.map((rendered) => rendered.path)).toContain(path)
  return sandboxes(subjectOf(environment, changed)).map(({ field }) => field)
}

test('the rendered objects have no problem', () => {
  expect(sandboxes(subjectOf(environment, objects))).toEqual([])
})

test("a template that leaves the network to the controller's policy is named", () => {
  const open = (object: JsonRecord) => ({ spec: { ...recordAt(object, 'spec'), networkPolicyManagement: 'Managed' } })
  expect(saidOf('sandbox/SandboxTemplate.sandbox.yaml', open)).toEqual(['spec.networkPolicyManagement'])
})

test('a policy that allows egress from a sandbox is reported', () => {
  const open = (object: JsonRecord) => ({ spec: { ...recordAt(object, 'spec'), egress: [{}] } })
  expect(saidOf('tenancy/NetworkPolicy.sandbox.yaml', open)).toEqual(['spec.egress'])
})

test.each([
  ['apiGroups', ['']],
  ['resources', ['sandboxclaims', 'pods/exec']],
  ['resources', []],
  ['verbs', ['list']],
])('a role with the %s %j is reported', (field, values) => {
  const grant = { apiGroups: ['extensions.agents.x-k8s.io'], resources: ['sandboxclaims'], verbs: ['get'] }
  const wider = () => ({ rules: [grant, { ...grant, [field]: values }] })
  expect(saidOf('sandbox/Role.sandbox-claims.yaml', wider)).toEqual([`rules[1].${field}`])
})

test('a hostPath volume and a container engine for sandboxes are reported', () => {
  const mounted = (object: JsonRecord) => {
    const spec = recordAt(object, 'spec')
    const template = recordAt(spec, 'template')
    const volumes = [{ name: 'engine', hostPath: { path: '/var/run/docker.sock' } }]
    return { spec: { ...spec, template: { ...template, spec: { ...recordAt(template, 'spec'), volumes } } } }
  }
  expect(saidOf('agent/Deployment.deep-agents.yaml', mounted)).toEqual(['spec.template.spec.volumes[0].hostPath'])
  expect(saidOf('agent/ConfigMap.deep-agents-settings.yaml', () => ({ data: { SANDBOX: 'docker' } }))).toEqual([
    'data.SANDBOX',
  ])
})
