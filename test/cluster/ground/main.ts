// Starts the proving ground with every environment in it, for a person to look around:
//
//   node test/cluster/ground/main.ts      then, elsewhere: KUBECONFIG=<printed> kubectl get all -A
//
// Ends with Ctrl-C, or when whoever started it is gone.
import process from 'node:process'
import { startGround } from './ground.ts'

const ground = await startGround()
process.stdout.write(`${JSON.stringify({ folder: ground.folder, pids: [...ground.parts.pids.values()] })}\n`)
for (const [phase, seconds] of Object.entries(ground.phases))
  process.stderr.write(`${phase}: ${seconds.toFixed(1)} s\n`)
process.stderr.write(`KUBECONFIG=${ground.folder}/kubeconfig\n`)
await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
await ground.stop()
