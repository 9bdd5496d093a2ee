import { listAt } from '@hadal/charts/validate/read-json'
import { servingCluster } from '@hadal/platform/database-clusters'
import { hasSeparateRoles } from '@hadal/platform/database-roles'
import { agentNames } from '@hadal/platform/names'
import { agentPods, noVariable, secretVolume, serverVariable } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inObject, objectTitle, serverCan } from '../evidence.ts'

/**
 * Checklist item: the server saves checkpoints in PostgreSQL, the database exists, every pod has its address, and a Job creates the tables
 * before a rollout.
 */
export const postgresCheckpointer: ChecklistItem = {
  id: 'postgres-checkpointer',
  title: 'PostgreSQL checkpointer',
  group: 'required',
  answer: (subject) =>
    together(
      serverCan(subject, 'postgresCheckpointer', { mend: 'Use a server that has this capability.' }),
      database(subject),
      address(subject),
      migration(subject),
      roles(subject),
    ),
}

function database(subject: Subject): Partial<Answer> {
  const { environment, objects } = subject
  const { postgres } = environment
  if (postgres.kind === 'external') {
    return { evidence: [inConfig(subject, ['postgres', 'host'], `The database is ${postgres.host}`)] }
  }
  const kind = postgres.kind === 'cnpg' ? 'Cluster' : 'StatefulSet'
  const name = servingCluster(environment)
  const rendered = objects.find((object) => object.kind === kind && object.name === name)
  if (rendered)
    return { evidence: [inObject(subject, rendered, ['kind'], `The database, postgres.kind "${postgres.kind}"`)] }
  const problem = `There is no ${kind} ${name}, although postgres.kind is "${postgres.kind}".`
  return { missing: [{ problem, mend: 'Fix charts/src/components/postgres.ts, which renders it.' }] }
}

function address(subject: Subject): Partial<Answer> {
  const pods = agentPods(subject)
  const variable = serverVariable(subject, 'DATABASE_URL_FILE')
  const without = pods.found.filter((pod) => secretVolume(pod, 'db-credentials') === undefined)
  return {
    evidence: variable ? variable.at("Every pod reads the database's address from db-credentials/url") : [],
    missing: [
      ...pods.missing,
      ...(variable ? [] : [noVariable('DATABASE_URL_FILE')]),
      ...without.map(({ rendered }) => ({
        problem: `${objectTitle(rendered)} does not mount the Secret db-credentials.`,
        mend: 'Fix charts/src/secret-volumes.ts, or the users of the key in packages/platform/src/secret-table.ts.',
      })),
    ],
  }
}

function migration(subject: Subject): Partial<Answer> {
  const job = subject.objects.find(({ kind, name }) => kind === 'Job' && name === agentNames.migrate)
  const [container] = job ? listAt(job.object, 'spec', 'template', 'spec', 'containers') : []
  if (job && listAt(container, 'command').includes('migrate')) {
    const path = ['spec', 'template', 'spec', 'containers', 0, 'command']
    return { evidence: [inObject(subject, job, path, 'The tables are created before the rollout of the pods')] }
  }
  const problem = `There is no Job ${agentNames.migrate} that runs "hadal-runtime migrate" before the rollout of the pods.`
  return { missing: [{ problem, mend: 'Fix charts/src/components/agent/migration-job.ts.' }] }
}

/**
 * Whether the servers use roles of the database to which row-level security applies: the second wall between tenants, behind the conditions of every query.
 */
function roles(subject: Subject): Partial<Answer> {
  const { postgres } = subject.environment
  if (!hasSeparateRoles(subject.environment))
    return {
      notes: [
        'The second wall between tenants, row-level security, is off: one role of the database serves requests and all tenants. Without sign-in (access.kind "open") there is one tenant.',
      ],
    }
  const loops = serverVariable(subject, 'DATABASE_LOOPS_URL_FILE')
  if (!loops) return { missing: [noVariable('DATABASE_LOOPS_URL_FILE')] }
  const evidence = loops.at(
    'Requests, loops and migrations have roles of their own, so row-level security separates tenants',
  )
  if (postgres.kind !== 'external') return { evidence }
  return {
    evidence,
    notes: [
      'The addresses url, loops-url and owner-url in db-credentials must have different roles, or the servers refuse to start. This command can not read them.',
    ],
  }
}
