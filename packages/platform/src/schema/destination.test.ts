import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'
import { Destination } from './destination.ts'

const pods = { kind: 'pods', namespace: 'crm', labels: { 'app.kubernetes.io/name': 'crm' }, ports: [8080] }
const addresses = { kind: 'addresses', cidrs: ['10.20.0.0/16'], ports: [443, 8443] }

test('accepts pods and addresses', () => {
  expect(Destination.parse(pods)).toEqual(pods)
  expect(Destination.parse(addresses)).toEqual(addresses)
})

test.each<[string, object]>([
  ['a namespace without a selector of its pods', { ...pods, labels: {} }],
  ['a label that Kubernetes refuses', { ...pods, labels: { 'a b': 'c' } }],
  ['a value of a label that Kubernetes refuses', { ...pods, labels: { app: 'a b' } }],
  ['no port', { ...pods, ports: [] }],
  ['port 0', { ...pods, ports: [0] }],
  ['port 65536', { ...addresses, ports: [65_536] }],
  ['no address', { ...addresses, cidrs: [] }],
  ['all addresses', { ...addresses, cidrs: ['0.0.0.0/0'] }],
  ['an address without a range', { ...addresses, cidrs: ['10.20.0.5'] }],
  ['labels of addresses', { ...addresses, labels: { app: 'crm' } }],
  ['plain HTTP, which an opening does not distinguish', { ...pods, plainHttp: true }],
])('rejects %s', (_what, value) => {
  expect(Destination.safeParse(value).success).toBe(false)
})

test.each<[string, object, string]>([
  [
    'an unknown field',
    { crm: { ...pods, port: 80 } },
    'egress.crm.port: Unknown field. Known fields: kind, namespace, labels, ports. Write "ports" if that is meant, or remove it.',
  ],
  [
    'a name',
    { CRM: pods },
    "egress.CRM = { kind: 'pods', namespace: 'crm', labels: { 'app.kubernetes.io/name': 'crm' }, ports: [ 8080 ] }: The name must be lower-case letters, digits and \"-\", starting with a letter, e.g. \"prod\". Change it.",
  ],
  [
    'an empty selector',
    { crm: { ...pods, labels: {} } },
    'egress.crm.labels = {}: Must be an object with at least one label of the pods. Change it.',
  ],
])('names %s that is wrong', (_what, egress, sentence) => {
  expect(sentencesAbout({ ...soundInput, egress })).toEqual([sentence])
})
