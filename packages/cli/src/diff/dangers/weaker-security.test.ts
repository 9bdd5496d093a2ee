import { expect, test } from 'vitest'
import { type Case, dangers, deployment, securityContext, volume } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a privileged container',
    [deployment()],
    [deployment({}, {}, { securityContext: { ...securityContext, privileged: true } })],
    ['weaker-security: Deployment x: Container main is privileged.'],
  ],
  [
    "a container that overrides its pod's user",
    [deployment()],
    [deployment({}, {}, { securityContext: { ...securityContext, runAsUser: 0 } })],
    ['weaker-security: Deployment x: Container main runs as root.'],
  ],
  [
    'a writable image and a capability',
    [deployment()],
    [
      deployment(
        {},
        {},
        { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } } },
      ),
    ],
    [
      'weaker-security: Deployment x: Container main has a writable root file system.',
      'weaker-security: Deployment x: Container main gets the capability NET_RAW.',
    ],
  ],
  [
    "the node's network, a folder of the node and a token",
    [deployment()],
    [
      deployment(
        {},
        { hostNetwork: true, automountServiceAccountToken: true, ...volume({ hostPath: { path: '/etc' } }) },
      ),
    ],
    [
      'weaker-security: Deployment x: Its pods share a namespace with the node (hostNetwork).',
      "weaker-security: Deployment x: Its pods mount the node's path /etc.",
      'weaker-security: Deployment x: Its pods get a token for the Kubernetes API.',
    ],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
