import { expect, test } from 'vitest'
import { type Case, closed, dangers, deployment, policy, to } from '../fixtures/danger-objects.ts'

const toPods = (podSelector: object) => ({ egress: [{ to: [{ podSelector }] }] })

test.each<Case>([
  [
    'a removed policy without a default-deny policy',
    [deployment(), policy({})],
    [deployment()],
    [
      'wider-network: NetworkPolicy x: The ingress of pods (app=x) is no longer restricted by any policy.',
      'wider-network: NetworkPolicy x: The egress of pods (app=x) is no longer restricted by any policy.',
    ],
  ],
  [
    'a removed policy with a default-deny policy',
    [deployment(), closed, policy(to('10.0.0.0/8'))],
    [deployment(), closed],
    [],
  ],
  [
    'a wider range',
    [deployment(), policy(to('10.1.0.0/16'))],
    [deployment(), policy(to('10.0.0.0/8'))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to 10.0.0.0/8 on 443/TCP.'],
  ],
  ['a narrower range', [deployment(), policy(to('10.0.0.0/8'))], [deployment(), policy(to('10.1.0.0/16'))], []],
  [
    'a range with fewer exceptions',
    [deployment(), policy(to('0.0.0.0/0', { port: 443 }, ['10.0.0.0/8', '169.254.0.0/16']))],
    [deployment(), policy(to('0.0.0.0/0', { port: 443 }, ['10.0.0.0/8']))],
    [
      'wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to 0.0.0.0/0 (except 1 range) on 443/TCP.',
    ],
  ],
  [
    'another port',
    [deployment(), policy(to('10.0.0.0/8', { port: 443 }))],
    [deployment(), policy(to('10.0.0.0/8', { port: 443, endPort: 444 }))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to 10.0.0.0/8 on 443–444/TCP.'],
  ],
  [
    'a port of a range',
    [deployment(), policy(to('10.0.0.0/8', { port: 1, endPort: 9 }))],
    [deployment(), policy(to('10.0.0.0/8', { port: 5 }))],
    [],
  ],
  [
    'a peer without its pod selector',
    [
      deployment(),
      policy({
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { n: 'a' } }, podSelector: { matchLabels: { p: 'b' } } }] },
        ],
      }),
    ],
    [deployment(), policy({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { n: 'a' } } }] }] })],
    [
      'wider-network: NetworkPolicy x: Newly allowed for pods (app=x): ingress from pods (everything) in namespaces (n=a) on every port.',
    ],
  ],
  [
    'fewer values of a label',
    [deployment(), policy(toPods({ matchExpressions: [{ key: 'p', operator: 'In', values: ['a', 'b'] }] }))],
    [deployment(), policy(toPods({ matchLabels: { p: 'a' } }))],
    [],
  ],
  [
    'another value of a label',
    [deployment(), policy(toPods({ matchExpressions: [{ key: 'p', operator: 'In', values: ['a', 'b'] }] }))],
    [deployment(), policy(toPods({ matchLabels: { p: 'c' } }))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to pods (p=c) on every port.'],
  ],
  [
    'more values of a label',
    [deployment(), policy(toPods({ matchLabels: { p: 'a' } }))],
    [deployment(), policy(toPods({ matchExpressions: [{ key: 'p', operator: 'In', values: ['a', 'b'] }] }))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to pods (p In (a, b)) on every port.'],
  ],
  [
    'a requirement less',
    [
      deployment(),
      policy(toPods({ matchLabels: { p: 'a' }, matchExpressions: [{ key: 'q', operator: 'DoesNotExist' }] })),
    ],
    [deployment(), policy(toPods({ matchLabels: { p: 'a' } }))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to pods (p=a) on every port.'],
  ],
  [
    'a requirement that follows from another',
    [deployment(), policy(toPods({ matchExpressions: [{ key: 'p', operator: 'NotIn', values: ['b'] }] }))],
    [deployment(), policy(toPods({ matchLabels: { p: 'a' } }))],
    [],
  ],
  [
    'a rule without peers',
    [deployment(), policy({})],
    [deployment(), policy({ ingress: [{}] })],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): ingress from anywhere on every port.'],
  ],
  ['a new policy with its new pods', [closed], [closed, deployment(), policy(to('10.0.0.0/8'))], []],
  [
    'a new policy for existing pods',
    [closed, deployment()],
    [closed, deployment(), policy(to('10.0.0.0/8'))],
    ['wider-network: NetworkPolicy x: Newly allowed for pods (app=x): egress to 10.0.0.0/8 on 443/TCP.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
