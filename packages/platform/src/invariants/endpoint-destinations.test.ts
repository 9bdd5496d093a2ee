import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const pods = { kind: 'pods', namespace: 'platform', labels: { app: 'litellm' }, ports: [4000] }
const addresses = { kind: 'addresses', cidrs: ['10.20.0.0/24'], ports: [8443] }
const openai = (baseUrl: string | undefined, destination?: object) =>
  sentencesAbout({
    ...soundInput,
    models: { default: 'openai:a-model', providers: { openai: { baseUrl, destination } } },
  })

test.each<[string, string, object?]>([
  ['a public host', 'https://gateway.example.com/v1'],
  ['a public host with its port', 'https://gateway.example.com:443/v1'],
  ['a public address', 'https://8.8.8.8/v1'],
  ['a public host with another port and a destination', 'https://gateway.example.com:8443/v1', addresses],
  ['a Service and its pods', 'https://litellm.platform.svc:4000', pods],
  ['a Service whose port is not the port of its pods', 'https://litellm.platform.svc/v1', pods],
  ['a Service by its whole name', 'https://litellm.platform.svc.cluster.local:4000', pods],
  ['a Service by plain HTTP', 'http://litellm.platform.svc:4000', { ...pods, plainHttp: true }],
  ['a private address', 'https://10.20.0.5:8443/v1', addresses],
])('accepts %s', (_what, baseUrl, destination) => {
  expect(openai(baseUrl, destination)).toEqual([])
})

const blocked = 'Is not a public host at port 443, so no NetworkPolicy allows connections to it.'
const add =
  "Add models.providers.openai.destination: { kind: 'pods', namespace, labels, ports } or { kind: 'addresses', cidrs, ports }."
const addPods =
  "Add models.providers.openai.destination: { kind: 'pods', namespace: 'platform', labels, ports }, with the labels and ports of the Service's pods."

test.each([
  'https://litellm.platform.svc:4000',
  'https://litellm.platform.svc',
  'https://litellm.platform.svc.cluster.local.',
  'https://litellm',
  'https://models.internal/v1',
  'https://models.corp/v1',
  'https://models.office.lan/v1',
  'https://models.local/v1',
  'https://10.20.0.5:8443/v1',
  'https://10.20.0.5/v1',
  'https://169.254.169.254/v1',
  'https://[2001:db8::1]/v1',
  'https://gateway.example.com:8443/v1',
])('requires a destination for %s', (baseUrl) => {
  const remedy = baseUrl.includes('.svc') ? addPods : add
  expect(openai(baseUrl)).toEqual([`models.providers.openai.baseUrl = "${baseUrl}": ${blocked} ${remedy}`])
})

test.each<[string, string, object?]>([
  ['to a public host', 'http://gateway.example.com:443/v1'],
  ['that the destination does not allow', 'http://litellm.platform.svc:4000', pods],
  ['to addresses', 'http://10.20.0.5:8443/v1', addresses],
])('rejects plain HTTP %s', (_what, baseUrl, destination) => {
  expect(openai(baseUrl, destination)).toEqual([
    `models.providers.openai.baseUrl = "${baseUrl}": Must begin with https://. Only pods of the cluster may be reached by plain HTTP, if the configuration allows it. Use https://, or set models.providers.openai.destination: { kind: 'pods', …, plainHttp: true }.`,
  ])
})

test.each<[string, string, object, string]>([
  [
    'pods of another namespace',
    'https://litellm.tools.svc:4000',
    pods,
    'namespace = "platform": Must be the namespace of models.providers.openai.baseUrl, tools. Write "tools", or correct models.providers.openai.baseUrl.',
  ],
  [
    'another port',
    'https://10.20.0.5/v1',
    addresses,
    'ports = [ 8443 ]: Must include the port of models.providers.openai.baseUrl, 443. Add 443.',
  ],
  [
    'other addresses',
    'https://10.20.1.5:8443/v1',
    addresses,
    'cidrs = [ \'10.20.0.0/24\' ]: Must include the address of models.providers.openai.baseUrl, 10.20.1.5. Add "10.20.1.5/32".',
  ],
])('rejects a destination with %s than its URL', (_what, baseUrl, destination, sentence) => {
  expect(openai(baseUrl, destination)).toEqual([`models.providers.openai.destination.${sentence}`])
})

test('rejects a destination without a URL', () => {
  expect(openai(undefined, addresses)[0]).toContain('Has no effect without baseUrl')
})

const otlp = (endpoint: string, destination?: object) =>
  sentencesAbout({ ...soundInput, tracing: { kind: 'otlp', endpoint, destination } })

test('a collector needs a destination only if its URL says too little', () => {
  for (const url of ['http://collector.traces.svc:4318', 'http://10.1.2.3:4318', 'https://otlp.example.com:4318'])
    expect(otlp(url)).toEqual([])
  expect(otlp('https://collector.internal:4318')[0]).toContain('Add tracing.destination')
  expect(otlp('https://collector.internal:4318', { ...addresses, ports: [4318] })).toEqual([])
})

test.each(['169.254.169.254', '127.0.0.1', '224.0.0.1'])('rejects a collector at %s', (address) => {
  const cidrs = [`${address}/32`]
  expect(otlp(`http://${address}:80`)[0]).toContain('Add tracing.destination')
  expect(otlp(`http://${address}:80`, { ...addresses, cidrs, ports: [80] })[0]).toContain('link-local, loopback')
})

test("requires a destination for LangSmith's own installation and for private storage of backups", () => {
  const tracing = { kind: 'langsmith', project: 'agents', endpoint: 'https://langsmith.tools.svc' }
  expect(sentencesAbout({ ...soundInput, tracing })[0]).toContain('Add tracing.destination')
  const backup = { kind: 's3', bucket: 'backups', endpoint: 'minio.storage.svc' }
  expect(sentencesAbout({ ...soundInput, backup })).toEqual([
    'backup.endpoint = "minio.storage.svc": Is not a public host at port 443, so no NetworkPolicy allows connections to it. ' +
      "Add backup.destination: { kind: 'pods', namespace: 'storage', labels, ports }, with the labels and ports of the Service's pods.",
  ])
  const destination = { ...pods, namespace: 'storage', ports: [9000] }
  expect(sentencesAbout({ ...soundInput, backup: { ...backup, destination } })).toEqual([])
})

test("rejects a destination in the environment's own namespace", () => {
  const own = { ...pods, namespace: soundInput.namespace }
  const sentence = "Must be another namespace: the environment's own pods accept only connections that Hadal renders."
  expect(openai(`https://litellm.${soundInput.namespace}.svc`, own)[0]).toContain(sentence)
  expect(sentencesAbout({ ...soundInput, egress: { own } })[0]).toContain(sentence)
})
