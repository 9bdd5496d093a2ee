// Starts the test cluster with every environment in it, for manual inspection:
//
//   node test/cluster/ground/main.ts      then, elsewhere: KUBECONFIG=<printed> kubectl get applications,pods -A
//
// The environments are in a clone of the checkout, whose path is printed too. Argo CD syncs what is committed and pushed there.
// The program ends on Ctrl-C, or when the process that started it exits.
import process from 'node:process'
import { bootstrap } from './applications.ts'
import { Cluster } from './cluster.ts'
import { makeGitRepository } from './git-repository.ts'
import { startGround } from './ground.ts'

const ground = await startGround()
process.stdout.write(`${JSON.stringify({ folder: ground.folder, pids: [...ground.parts.pids.values()] })}\n`)
for (const [phase, seconds] of Object.entries(ground.phases))
  process.stderr.write(`${phase}: ${seconds.toFixed(1)} s\n`)

const repository = await makeGitRepository(ground.folder)
const cluster = new Cluster(ground.access)
for (const environment of await repository.environments()) await bootstrap(cluster, environment)
process.stderr.write(`KUBECONFIG=${ground.folder}/kubeconfig\nClone: ${repository.folder}\n`)

await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
cluster.close()
await ground.stop()
