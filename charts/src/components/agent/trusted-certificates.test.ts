import { caCertificates } from '@hadal/platform/fixtures/ca-certificates'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../../fixtures/rendered.ts'
import { renderEnvironment } from '../../render-environment.ts'

const workload = { autoscaling: { kind: 'cpu' } } as const
const agent = { topology: 'split', api: workload, worker: workload } as const
const { one, two } = caCertificates
const environment = soundEnvironment({ agent, trustedCertificates: { other: two, gateway: one } })
const deployments = ['agent/Deployment.deep-agents.yaml', 'agent/Deployment.deep-agents-worker.yaml']

test('API and workers trust the certificates of the ConfigMap', () => {
  const text = rendered(environment, 'agent/ConfigMap.deep-agents-trusted-certificates.yaml', 'data', 'ca.crt')
  expect(text).toBe(`# gateway\n${one}# other\n${two}`)
  for (const path of deployments) {
    const pod = rendered(environment, path, 'spec', 'template', 'spec')
    expect(pod).toMatchObject({
      containers: [
        {
          env: expect.arrayContaining([{ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/trusted-certificates/ca.crt' }]),
          volumeMounts: expect.arrayContaining([
            { name: 'trusted-certificates', mountPath: '/etc/trusted-certificates', readOnly: true },
          ]),
        },
      ],
      volumes: expect.arrayContaining([
        { name: 'trusted-certificates', configMap: { name: 'deep-agents-trusted-certificates' } },
      ]),
    })
  }
})

test('another certificate replaces the pods', () => {
  const changed = soundEnvironment({ agent, trustedCertificates: { gateway: one } })
  for (const path of deployments) {
    const checksum = (of: typeof environment) => rendered(of, path, 'spec', 'template', 'metadata', 'annotations')
    expect(checksum(changed)).not.toEqual(checksum(environment))
  }
})

test('nothing is rendered without certificates', () => {
  const objects = renderEnvironment(soundEnvironment({ agent }))
  expect(objects.filter(({ text }) => /trusted-certificates|NODE_EXTRA_CA_CERTS/.test(text))).toEqual([])
})
