import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const sandbox = { kind: 'agent-sandbox', image: `registry.example.com/sandbox@sha256:${'2'.repeat(64)}` }

test("sandboxes require the API server's addresses", () => {
  expect(sentencesAbout({ ...soundInput, sandbox })).toEqual([])
  expect(sentencesAbout({ ...soundInput, sandbox, cluster: { operators: 'present' } })).toEqual([
    'cluster.apiServerAddresses: Missing. Agents with sandboxes create claims at the Kubernetes API server. Add its addresses, e.g. ["10.0.0.1/32"]. `kubectl get endpoints kubernetes` shows them.',
  ])
  expect(sentencesAbout({ ...soundInput, cluster: { operators: 'present' } })).toEqual([])
})

test.each([['0.0.0.0/0'], []])('rejects addresses %s', (...apiServerAddresses) => {
  expect(sentencesAbout({ ...soundInput, cluster: { operators: 'present', apiServerAddresses } })).toHaveLength(1)
})
