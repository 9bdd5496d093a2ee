import type { Json, RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { at, listAt, recordAt, textAt } from '../read-json.ts'
import { ofKind, type Rule, title } from '../subject.ts'

/** Name of an archive: the ObjectStore of a plugin and the folder in it. */
const archiveOf = (plugin: Json | undefined, defaultServer: string): string =>
  `${textAt(plugin, 'parameters', 'barmanObjectName')}/${textAt(plugin, 'parameters', 'serverName') ?? defaultServer}`

/** Archive to which a Cluster writes its log and its base backups. Without a server name, the folder has the name of the Cluster. */
function written({ object, name }: RenderedObject): string | undefined {
  const plugin = listAt(object, 'spec', 'plugins').find((one) => at(one, 'isWALArchiver') === true)
  return plugin === undefined ? undefined : archiveOf(plugin, name)
}

/**
 * Rule: each Cluster of CloudNativePG writes to an archive of its own, and one that is recovered names an archive that it can read. The webhook checks
 * only that the source exists (`validateBootstrapRecoverySource`); a Cluster that would write to an archive with data stops at "Setting up primary".
 */
export const databaseArchives: Rule = (subject) => {
  const clusters = ofKind(subject, 'Cluster').filter(({ object }) =>
    String(object.apiVersion).startsWith('postgresql.'),
  )
  return clusters.flatMap((rendered, index) => {
    const archive = written(rendered)
    const earlier = clusters.slice(0, index).find((other) => archive !== undefined && written(other) === archive)
    const shared: Finding[] = earlier
      ? [
          {
            rendered,
            field: 'spec.plugins',
            problem: `${title(rendered)} writes to the archive ${archive}, as ${title(earlier)} does.`,
            mend: 'Give one of them another serverName.',
          },
        ]
      : []
    return [...shared, ...recoveryFindings(rendered, archive)]
  })
}

function recoveryFindings(rendered: RenderedObject, archive: string | undefined): Finding[] {
  const { object } = rendered
  const recovery = recordAt(object, 'spec', 'bootstrap', 'recovery')
  if (Object.keys(recovery).length === 0) return []
  const field = 'spec.bootstrap.recovery'
  const source = textAt(recovery, 'source')
  const external = listAt(object, 'spec', 'externalClusters').find((one) => textAt(one, 'name') === source)
  const read = external && archiveOf(at(external, 'plugin'), source ?? '')
  const time = textAt(recovery, 'recoveryTarget', 'targetTime')
  const found: Finding[] = []
  if (external === undefined)
    found.push({
      rendered,
      field: `${field}.source`,
      problem: `The source ${source} is not in spec.externalClusters. CloudNativePG's webhook rejects the Cluster.`,
      mend: 'Name an entry of spec.externalClusters.',
    })
  if (read !== undefined && read === archive)
    found.push({
      rendered,
      field: 'spec.plugins',
      problem: `The Cluster writes to ${archive}, from which it is recovered.`,
      mend: 'Give its plugin a serverName of its own.',
    })
  if (time !== undefined && !/(Z|[-+]\d\d:\d\d)$/.test(time))
    found.push({
      rendered,
      field: `${field}.recoveryTarget.targetTime`,
      problem: `${time} has no time zone.`,
      mend: 'Write a time such as 2025-01-31T10:15:00Z.',
    })
  return found
}
