import type { Environment } from '../environment.ts'
import { largestScaleOut } from '../largest-scale-out.ts'
import type { Problem } from '../problem.ts'

/** Of a server of ours: three that PostgreSQL keeps for superusers, the operator among them, one for an exporter, one for a person with psql. */
const reserved = 5
/** `hadal-runtime migrate` does all its work on one, which holds the lock. */
const connectionsOfJob = 1

interface Demand {
  readonly agentPods: number
  readonly jobs: number
  /** Connections that one pod's pool may hold. */
  readonly pool: number
}

function demandOf(environment: Environment): Demand {
  const { parts } = largestScaleOut(environment)
  const podsOf = (...wanted: readonly string[]) =>
    parts.filter(({ part }) => wanted.includes(part)).reduce((all, { pods }) => all + pods, 0)
  const { size, overflow } = environment.postgres.pool
  return { agentPods: podsOf('server', 'worker'), jobs: podsOf('migrate'), pool: size + overflow }
}

const lowerDemand = 'lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less'

/** Without a pooler: a pod's pool and its listener, and the Job's connection, all reach the server. */
function serverProblems(admitted: number, max: number, { agentPods, jobs, pool }: Demand): Problem[] {
  const wanted = agentPods * (pool + 1) + jobs * connectionsOfJob
  if (wanted <= admitted) return []
  const counted = `${agentPods} agent pods while all roll, each with ${pool} pooled connections and one that listens, and the migration Job`
  return [
    {
      path: 'postgres.maxConnections',
      value: max,
      allowed: `${counted} can open ${wanted}, and ${admitted} are for them.`,
      remedy: `Raise it to at least ${max - admitted + wanted}, ${lowerDemand}.`,
    },
  ]
}

/**
 * Most pods × pool ≤ what the pooler or the server admits. A connection refused fails runs and probes just when load is highest, and a
 * server at its limit refuses whoever comes to mend it.
 */
export function databaseConnections(environment: Environment): Problem[] {
  const { postgres } = environment
  const demand = demandOf(environment)
  // An external server's figure is what it grants this environment, so nobody else has a part in it.
  if (postgres.kind === 'external') return serverProblems(postgres.maxConnections, postgres.maxConnections, demand)
  const admitted = postgres.maxConnections - reserved
  if (postgres.kind === 'standalone') return serverProblems(admitted, postgres.maxConnections, demand)

  const { instances, maxClientConnections, serverConnections } = postgres.pooler
  const { agentPods, jobs, pool } = demand
  const problems: Problem[] = []
  // Either Pooler may be asked by all of a pod's connections: which of them read what may lag is the server's matter.
  const clients = agentPods * pool
  if (clients > instances * maxClientConnections)
    problems.push({
      path: 'postgres.pooler.maxClientConnections',
      value: maxClientConnections,
      allowed: `${agentPods} agent pods while all roll, with ${pool} pooled connections each, can open ${clients}, and ${instances} poolers admit ${instances * maxClientConnections}.`,
      remedy: `Raise it to at least ${Math.ceil(clients / instances)}, ${lowerDemand}.`,
    })
  // Those in front of the replicas too: a replica that becomes the primary keeps the connections that were opened to it.
  const poolers = largestScaleOut(environment).parts.find(({ part }) => part === 'pooler')?.pods ?? instances
  const servers = poolers * serverConnections + agentPods + jobs * connectionsOfJob
  if (servers > admitted)
    problems.push({
      path: 'postgres.maxConnections',
      value: postgres.maxConnections,
      allowed: `${poolers} poolers while they roll, with ${serverConnections} connections each, ${agentPods} agent pods that listen and the migration Job can open ${servers}, and ${admitted} are for them.`,
      remedy: `Raise it to at least ${servers + reserved}, lower postgres.pooler.serverConnections, or let the agent scale out less.`,
    })
  return problems
}
