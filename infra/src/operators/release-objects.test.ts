import { expect, test } from 'vitest'
import { releaseObjects } from './release-objects.ts'

const text = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: operator }
---
# a comment alone
---
apiVersion: v1
kind: Service
metadata: { name: operator, namespace: written }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: elsewhere, namespace: kube-system }
subjects: [{ kind: ServiceAccount, name: operator, namespace: written }, { kind: Group, name: all }]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
`

test('moves namespaced objects and the subjects of bindings, and nothing else', () => {
  const objects = releaseObjects(text, 'written', 'here')
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? '-'}`)).toEqual([
    'ServiceAccount here',
    'Service here',
    'RoleBinding kube-system',
    'CustomResourceDefinition -',
  ])
  expect(objects[2]?.subjects).toEqual([
    { kind: 'ServiceAccount', name: 'operator', namespace: 'here' },
    { kind: 'Group', name: 'all' },
  ])
})

// The manifests of external-secrets are a chart that its project rendered for "default".
const webhook = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: secretstore-validate, annotations: { cert-manager.io/inject-ca-from: default/webhook } }
webhooks: [{ name: a, clientConfig: { service: { namespace: default, name: webhook, path: /validate } } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: webhook, namespace: default, labels: { namespace: default-like } }
spec:
  template:
    spec:
      dnsPolicy: Default
      containers:
        - name: webhook
          args: [--dns-name=webhook.default.svc, --service-namespace=default, --level=default, --api=https://kubernetes.default.svc]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  versions: [{ name: v1, schema: { default: default } }]
  conversion: { webhook: { clientConfig: { service: { namespace: default, name: webhook } } } }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.things.example.com }
spec: { service: { namespace: default, name: webhook } }
`

test('moves what refers to the namespace: Services of webhooks and APIs, options, host names of Services', () => {
  const [validating, deployment, definition, api] = releaseObjects(webhook, 'default', 'external-secrets')
  const service = (namespace: string) => ({ service: { namespace, name: 'webhook' } })
  expect(validating).toMatchObject({
    metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'external-secrets/webhook' } },
    webhooks: [{ clientConfig: service('external-secrets') }],
  })
  expect(validating?.metadata.namespace).toBeUndefined()
  expect(deployment).toMatchObject({
    metadata: { namespace: 'external-secrets', labels: { namespace: 'default-like' } },
    spec: {
      template: {
        spec: {
          dnsPolicy: 'Default',
          containers: [
            {
              args: [
                '--dns-name=webhook.external-secrets.svc',
                '--service-namespace=external-secrets',
                '--level=default',
                '--api=https://kubernetes.default.svc',
              ],
            },
          ],
        },
      },
    },
  })
  expect(definition).toMatchObject({
    spec: {
      versions: [{ schema: { default: 'default' } }],
      conversion: { webhook: { clientConfig: service('external-secrets') } },
    },
  })
  expect(api).toMatchObject({ spec: service('external-secrets') })
})

test('changes nothing in a release that stays in its namespace', () => {
  expect(releaseObjects(webhook, 'default', 'default')).toMatchObject(releaseObjects(webhook, 'other', 'another'))
})

test('rejects a text that is not a manifest', () => {
  expect(() => releaseObjects('a: [', 'a', 'b')).toThrow('The manifests of a release are not valid YAML')
  expect(() => releaseObjects('<html></html>', 'a', 'b')).toThrow('not a Kubernetes object with a name')
})
