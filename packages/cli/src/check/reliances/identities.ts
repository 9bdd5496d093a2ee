import { deletionsFolder } from '@hadal/platform/deletions-folder'
import { archiveFolder } from '@hadal/platform/names'
import type { Subject } from '../checklist-item.ts'
import { inConfig } from '../evidence.ts'
import { type Reliance, relianceOn } from './reliance.ts'

/** Where pods get the credentials of their identity: the openings of charts/src/components/tenancy/network-policies.ts. */
const endpoints: Readonly<Record<string, string>> = {
  bedrock: 'IRSA, or EKS Pod Identity at 169.254.170.23/32',
  'google-vertexai': "GKE's metadata server at 169.254.169.254/32 or 169.254.169.252/32",
}
const givenBy = (provider: string): string => (endpoints[provider] ? ` (${endpoints[provider]})` : '')

/** Identities that a cloud gives to the pods of a ServiceAccount, with the rights that the pods need. */
export function identityReliances(subject: Subject): Reliance[] {
  const { agent, backup, models, postgres } = subject.environment
  const ofDatabase = postgres.kind === 'cnpg' ? postgres.serviceAccountAnnotations : {}
  return [
    ...annotated(subject, 'agent', "agents'", agent.serviceAccountAnnotations),
    ...annotated(subject, 'postgres', "database's", ofDatabase),
    ...annotated(subject, 'backup', "backups'", backup.kind === 's3' ? backup.serviceAccountAnnotations : {}),
    ...bucketRights(subject),
    ...Object.entries(models.providers).flatMap(([name, provider]) =>
      provider && 'credentials' in provider && provider.credentials === 'workload-identity'
        ? relianceOn(
            `Permission to call the models of ${name} for the identity of the agents' ServiceAccount${givenBy(name)}`,
            'outside',
            inConfig(subject, ['models', 'providers', name], `models.providers.${name}`),
          )
        : [],
    ),
  ]
}

/** What the identities of pods may do in the bucket for backups. */
function bucketRights(subject: Subject): Reliance[] {
  const { backup, postgres } = subject.environment
  if (backup.kind !== 's3' || backup.credentials !== 'workload-identity') return []
  const folder = archiveFolder(subject.environment)
  const rights = [
    ['Read, write and delete access to', `/${folder}/`, "backups'"],
    ['Write access to', `/${folder}/${deletionsFolder}`, "agents'"],
    ...(postgres.kind === 'cnpg' ? [['Write access to', '', "database's"]] : []),
  ]
  return rights.flatMap(([right, path, whose]) =>
    relianceOn(
      `${right} the bucket ${backup.bucket}${path} for the identity of the ${whose} ServiceAccount${givenBy('bedrock')}`,
      'outside',
      inConfig(subject, ['backup', 'credentials'], 'backup.credentials'),
    ),
  )
}

const annotated = (
  subject: Subject,
  field: 'agent' | 'postgres' | 'backup',
  whose: string,
  annotations: Readonly<Record<string, string>>,
): Reliance[] =>
  Object.entries(annotations).flatMap(([key, value]) =>
    relianceOn(
      `Workload identity of the ${whose} ServiceAccount: ${key}=${value}`,
      'outside',
      inConfig(subject, [field, 'serviceAccountAnnotations'], `${field}.serviceAccountAnnotations`),
    ),
  )
