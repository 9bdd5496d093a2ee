import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { containerSecurity } from '../../pod-security.ts'
import { renderEnvironment } from '../../render-environment.ts'
import type { Json } from '../../rendered-object.ts'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { withInitContainers } from '../fixtures/with-init-containers.ts'
import { validateManifests } from '../validate-manifests.ts'
import { containers } from './containers.ts'

const first = 'spec.template.spec.containers[0]'
const podSecurity = 'spec.template.spec.securityContext'

test('the example has no problem', () => {
  expect(containers(exampleSubject())).toEqual([])
})

test.each<[string, Json | undefined]>([
  ['resources.requests.cpu', undefined],
  ['resources.requests.memory', undefined],
  ['resources.limits.cpu', undefined],
  ['resources.limits.memory', null],
  ['securityContext.allowPrivilegeEscalation', undefined],
  ['securityContext.allowPrivilegeEscalation', true],
  ['securityContext.privileged', true],
  ['securityContext.readOnlyRootFilesystem', undefined],
  ['securityContext.capabilities.drop', undefined],
  ['securityContext.capabilities.drop', ['NET_RAW']],
  ['securityContext.capabilities.add', ['SYS_ADMIN']],
  ['securityContext.runAsNonRoot', false],
  ['securityContext.runAsUser', 0],
  ['securityContext.procMount', 'Unmasked'],
  ['securityContext.seccompProfile', { type: 'Unconfined' }],
])('a container with %s = %j is refused', (path, value) => {
  const field = `${first}.${path}${path.endsWith('seccompProfile') ? '.type' : ''}`
  expect(containers(withValue('Deployment', `${first}.${path}`, value))).toMatchObject([{ field }])
})

test.each(['runAsNonRoot', 'seccompProfile'])('%s must be set by the container or its pod', (name) => {
  expect(containers(withValue('Deployment', `${podSecurity}.${name}`, undefined))).toMatchObject([
    { field: expect.stringContaining(`${first}.securityContext.${name}`) },
  ])
})

test.each([
  ['hostNetwork', true],
  ['hostPID', true],
  ['hostIPC', true],
])('a pod with %s is refused', (name, value) => {
  const field = `spec.template.spec.${name}`
  expect(containers(withValue('Deployment', field, value))).toMatchObject([{ field }])
})

test('a port of the node is refused', () => {
  const field = `${first}.ports[0].hostPort`
  expect(containers(withValue('Deployment', field, 80))).toMatchObject([{ field }])
})

test('a sidecar without resources and security is refused by name, with the way out', () => {
  const environment = soundEnvironment()
  const objects = renderEnvironment(environment).map(withInitContainers({ name: 'proxy', restartPolicy: 'Always' }))
  const problems = validateManifests(environment, objects).map(({ problem, mend }) => `${problem} ${mend}`)
  expect(problems).toContain(
    'readOnlyRootFilesystem of container "proxy" of Deployment deep-agents is undefined; it must be true. Spread containerSecurity of charts/src/pod-security.ts.',
  )
  expect(problems).toContain(
    'Container "proxy" of Deployment deep-agents has no cpu requests: the value is undefined. Use resourceRequirements of charts/src/resource-requirements.ts; it writes amounts as k8s.Quantity.fromString.',
  )
})

test('containerSecurity satisfies the rule', () => {
  const security = JSON.parse(JSON.stringify(containerSecurity)) as Json
  expect(containers(withValue('Deployment', `${first}.securityContext`, security))).toEqual([])
})
