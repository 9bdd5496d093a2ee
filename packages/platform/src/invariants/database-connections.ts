import { databaseClusters } from '../database-clusters.ts'
import { hasSeparateRoles, loopsPoolSize } from '../database-roles.ts'
import type { Environment } from '../environment.ts'
import { largestScaleOut } from '../largest-scale-out.ts'
import type { Problem } from '../problem.ts'

/**
 * Connections reserved on a server that the environment runs: three for superusers, including the operator; one for an exporter; one for an
 * administrator with psql.
 */
const reserved = 5
/**
 * Connections of each Job: one for its statements, e.g. of the migration, which holds its lock. A backup writes the canary's run with another one, and a
 * drill its result.
 */
const connectionsOfJobs = { migrate: 1, backup: 2, drill: 2 } as const

interface Demand {
  readonly agentPods: number
  /** Number of connections of all Jobs. */
  readonly ofJobs: number
  /** Names of the Jobs for an error. */
  readonly jobs: string
  /** Maximum number of connections of one pod's pool. */
  readonly pool: number
  /** How many of the pool's connections are those of the loops that serve all tenants, with a role of their own. */
  readonly loops: number
}

function demandOf(environment: Environment): Demand {
  const { parts } = largestScaleOut(environment)
  const podsOf = (...wanted: readonly string[]) =>
    parts.filter(({ part }) => wanted.includes(part)).reduce((all, { pods }) => all + pods, 0)
  const { size, overflow } = environment.postgres.pool
  return {
    agentPods: podsOf('server', 'worker'),
    ofJobs: Object.entries(connectionsOfJobs).reduce((all, [part, connections]) => all + podsOf(part) * connections, 0),
    jobs: podsOf('backup') > 0 ? 'the Jobs of migrations, backups and drills' : 'the migration Job',
    pool: size + overflow,
    loops: hasSeparateRoles(environment) ? loopsPoolSize : 0,
  }
}

const lowerDemand = 'lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less'

/** How many connections of a server are left for the environment. */
const availableText = (max: number, admitted: number): string =>
  max === admitted
    ? `the server admits only ${max}`
    : `of the server's ${max} only ${admitted} are available to them: ${max - admitted} are reserved for superusers, an exporter and an administrator`

/** Problems of a server without a pooler: every pod's pool and listener, and the Job, connect to the server itself. */
function serverProblems(admitted: number, max: number, { agentPods, jobs, ofJobs, pool }: Demand): Problem[] {
  const wanted = agentPods * (pool + 1) + ofJobs
  if (wanted <= admitted) return []
  const counted = `During a rollout, ${agentPods} agent pods, each with ${pool} pooled connections and one listening connection, and ${jobs}`
  return [
    {
      path: 'postgres.maxConnections',
      value: max,
      allowed: `${counted} can open ${agentPods} × (${pool} + 1) + ${ofJobs} = ${wanted} connections, but ${availableText(max, admitted)}.`,
      remedy: `Raise it to at least ${max - admitted + wanted}, ${lowerDemand}.`,
    },
  ]
}

/**
 * Requires maximum pods × pool size ≤ connections that the pooler and the server admit. A rejected connection fails runs and probes when
 * load is highest, and a server at its limit also rejects the administrator.
 */
export function databaseConnections(environment: Environment): Problem[] {
  const { postgres } = environment
  const demand = demandOf(environment)
  // `maxConnections` of an external server is the number granted to this environment, so nothing is reserved.
  if (postgres.kind === 'external') return serverProblems(postgres.maxConnections, postgres.maxConnections, demand)
  const admitted = postgres.maxConnections - reserved
  if (postgres.kind === 'standalone') return serverProblems(admitted, postgres.maxConnections, demand)

  const { instances, maxClientConnections, serverConnections } = postgres.pooler
  const { agentPods, jobs, loops, ofJobs, pool } = demand
  const problems: Problem[] = []
  // All connections of a pod may go to the same Pooler: the agent server decides which queries may read from a replica.
  const clients = agentPods * pool
  if (clients > instances * maxClientConnections)
    problems.push({
      path: 'postgres.pooler.maxClientConnections',
      value: maxClientConnections,
      allowed: `During a rollout, ${agentPods} agent pods with ${pool} pooled connections each can open ${agentPods} × ${pool} = ${clients} connections, but ${instances} poolers admit only ${instances} × ${maxClientConnections} = ${instances * maxClientConnections}.`,
      remedy: `Raise it to at least ${Math.ceil(clients / instances)}, ${lowerDemand}.`,
    })
  // Includes the poolers in front of the replicas: a replica that becomes the primary keeps its connections.
  // During a recovery each Cluster has poolers of its own.
  const allPoolers = largestScaleOut(environment).parts.find(({ part }) => part === 'pooler')?.pods ?? instances
  const poolers = allPoolers / databaseClusters(environment).length
  // A pooler has connections of its own for each role. The loops use only the poolers of the primary, and a client at most one connection at a time.
  const ofLoops = Math.min(poolersOfPrimary(environment, poolers) * serverConnections, agentPods * loops)
  const servers = poolers * serverConnections + ofLoops + agentPods + ofJobs
  if (servers > admitted)
    problems.push({
      path: 'postgres.maxConnections',
      value: postgres.maxConnections,
      allowed: `During a rollout, ${poolers} poolers with ${serverConnections} connections each${ofLoops > 0 ? ` and ${ofLoops} of the loops` : ''}, ${agentPods} agent pods with a listening connection each and ${jobs} can open ${poolers} × ${serverConnections}${ofLoops > 0 ? ` + ${ofLoops}` : ''} + ${agentPods} + ${ofJobs} = ${servers} connections, but ${availableText(postgres.maxConnections, admitted)}.`,
      remedy: `Raise it to at least ${servers + reserved}, lower postgres.pooler.serverConnections, or let the agent scale out less.`,
    })
  return problems
}

/** Number of the poolers in front of the primary. With replicas, the other half is in front of these. */
const poolersOfPrimary = ({ postgres }: Environment, poolers: number): number =>
  postgres.kind === 'cnpg' && postgres.instances > 1 ? poolers / 2 : poolers
