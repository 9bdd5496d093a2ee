import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inThread } from '@hadal/middleware/fixtures/in-thread'
import { ThreadFolders } from '@hadal/middleware/thread-folders'
import { InMemoryStore } from '@langchain/langgraph'
import { type BackendProtocolV2, CompositeBackend, StateBackend, StoreBackend } from 'deepagents'
import { afterAll, beforeAll } from 'vitest'
import { AgentSandboxes } from './agent-sandbox/agent-sandboxes.ts'
import { DockerSandboxes } from './docker-sandbox/docker-sandboxes.ts'
import { type FakeClaimsApi, startFakeClaimsApi } from './fixtures/fake-claims-api.ts'
import { type FakeEngine, startFakeEngine } from './fixtures/fake-container-engine.ts'
import { type FakeSandboxd, startFakeSandboxd } from './fixtures/fake-sandboxd.ts'
import { type AtHome, fileContract } from './fixtures/file-contract.ts'
import { type SandboxProvider, ThreadSandbox } from './sandbox/thread-sandbox.ts'

let folder: string
let engine: FakeEngine
let sandboxd: FakeSandboxd
let claims: FakeClaimsApi
let containers: SandboxProvider
let pods: SandboxProvider
const store = new InMemoryStore()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backends-'))
  engine = await startFakeEngine(['busybox'])
  sandboxd = await startFakeSandboxd(folder)
  claims = await startFakeClaimsApi('agents', '127.0.0.1')
  containers = new DockerSandboxes({ socketPath: engine.socketPath, image: 'busybox', workFolder: folder })
  const { url, caFile, tokenFile } = claims
  pods = new AgentSandboxes({
    kubernetes: { url, caFile, tokenFile },
    namespace: 'agents',
    warmPool: 'sandbox',
    workFolder: folder,
    ports: sandboxd.ports,
  })
})
afterAll(async () => {
  await containers.close()
  await pods.close()
  await engine.close()
  await claims.close()
  await sandboxd.close()
  await rm(folder, { recursive: true })
})

const inRun =
  (make: () => BackendProtocolV2): AtHome =>
  (work) =>
    inThread({ thread_id: 'contract' }, () => work(make()))
// Uses the store itself: StoreBackend deletes with `batch`, which the store that LangGraph passes to a run lacks.
const composite = () =>
  new CompositeBackend(new StateBackend(), {
    '/memories/': new StoreBackend({ store, namespace: ['agent', 'memories'] }),
  })
const everywhere = () => ''
const inFolder = (name: string) => () => `${folder}/${name}`

fileContract(
  'the state',
  everywhere,
  inRun(() => new StateBackend()),
)
fileContract(
  'a folder of the thread',
  everywhere,
  inRun(() => new ThreadFolders(join(folder, 'volume'))),
)
fileContract('state beside the store', everywhere, inRun(composite))
fileContract('the store beside state', () => '/memories', inRun(composite))
fileContract(
  'a container',
  inFolder('container'),
  inRun(() => new ThreadSandbox(containers)),
)
fileContract(
  'a sandbox of agent-sandbox',
  inFolder('pod'),
  inRun(() => new ThreadSandbox(pods)),
)
