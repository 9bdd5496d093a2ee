import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { poolerNamesOf, ports, postgresNames } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { allowedConnections, type End } from '../../fixtures/network.ts'
import { renderEnvironment } from '../../render-environment.ts'
import { podsOf } from '../../validate/pods.ts'

const environment = soundEnvironment({
  agent: { topology: 'split', api: { autoscaling: { kind: 'cpu' } }, worker: { autoscaling: { kind: 'cpu' } } },
})
const pods = podsOf({ objects: renderEnvironment(environment) })

/** The pods of one object as an end of a connection. */
function podsOfObject(kind: string, name: string): End {
  const pod = pods.find(({ maker }) => maker.kind === kind && maker.name === name)
  if (!pod) throw new Error(`No pod of ${kind} ${name} is rendered.`)
  return { namespace: environment.namespace, labels: pod.labels }
}

const pooler = poolerNamesOf(postgresNames.cluster).readOnly
const readOnly = podsOfObject('Pooler', pooler)
const servers = {
  api: podsOfObject('Deployment', 'deep-agents'),
  worker: podsOfObject('Deployment', 'deep-agents-worker'),
}

test('the API and the workers reach the Pooler in front of the replicas, and it accepts them', () => {
  const opened = allowedConnections(environment, 'egress', { ends: { readOnly }, ports: [ports.postgres] })
  expect(opened['Deployment deep-agents']).toEqual(['readOnly:5432/TCP'])
  expect(opened['Deployment deep-agents-worker']).toEqual(['readOnly:5432/TCP'])
  const accepted = allowedConnections(environment, 'ingress', { ends: servers, ports: [ports.postgres] })
  expect(accepted[`Pooler ${pooler}`]).toEqual(['api:5432/TCP', 'worker:5432/TCP'])
})

test('the Pooler in front of the replicas reaches the instances of the database, and they accept it', () => {
  const ends = { instances: podsOfObject('Cluster', postgresNames.cluster) }
  const opened = allowedConnections(environment, 'egress', { ends, ports: [ports.postgres] })
  expect(opened[`Pooler ${pooler}`]).toEqual(['instances:5432/TCP'])
  const accepted = allowedConnections(environment, 'ingress', { ends: { readOnly }, ports: [ports.postgres] })
  expect(accepted[`Cluster ${postgresNames.cluster}`]).toEqual(['readOnly:5432/TCP'])
})

test('the servers reach a replica of an external database at its port', () => {
  const external = soundEnvironment({
    postgres: {
      kind: 'external',
      host: 'db.example.com',
      readHost: 'read.example.com',
      port: 6432,
      addresses: ['192.0.2.0/28', '192.0.2.64/28'],
    },
  })
  const ends = { replica: { address: '192.0.2.65' }, beside: { address: '192.0.2.99' } }
  const opened = allowedConnections(external, 'egress', { ends, ports: [5432, 6432] })
  expect(opened['Deployment deep-agents']).toEqual(['replica:6432/TCP'])
})
