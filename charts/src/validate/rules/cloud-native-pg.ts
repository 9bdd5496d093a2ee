import { memoryBytes } from '@hadal/platform/quantity'
import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { at, recordAt, textAt, textsAt } from '../read-json.ts'
import { ofKind, type Rule } from '../subject.ts'

/** Parameters that only the operator sets, from `FixedConfigurationParameters` in its `pkg/postgres/configuration.go`. */
const operatorsParameters =
  /^(allow_system_table_mods|archive_(mode|command|cleanup_command)|bonjour(_name)?|cluster_name|config_file|data_(directory|sync_retry)|event_source|external_pid_file|(hba|ident)_file|hot_standby|jit_provider|listen_addresses|log(ging_collector|_(destination|directory|file_mode|filename|rotation_age|rotation_size|truncate_on_rotation))|pg_failover_slots\..*|port|primary_(conninfo|slot_name)|promote_trigger_file|recovery_.*|restart_after_crash|restore_command|shared_preload_libraries|ssl|ssl_(ca|cert|crl|dh_params|key)_file|ssl_passphrase_command.*|ssl_prefer_server_ciphers|stats_temp_directory|synchronous_standby_names|synchronized_standby_slots|syslog_.*|temp_tablespaces|unix_socket_.*)$/

const units: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 }

/** Converts a size of a PostgreSQL parameter, e.g. `128MB`, to bytes. A number without a unit counts as MB, as for the operator. */
function parameterBytes(text: string): number | undefined {
  const [, amount, unit = 'MB'] = /^(\d+) ?([a-zA-Z]+)?$/.exec(text) ?? []
  const factor = units[unit]
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}

/**
 * Rule: the Cluster meets the checks of CloudNativePG's admission webhook (`internal/webhook/v1/cluster_webhook.go` of 1.30) that depend on
 * values which the charts compute. The webhook would reject the Cluster only at the sync.
 */
export const cloudNativePg: Rule = (subject) =>
  ofKind(subject, 'Cluster').flatMap((rendered) => [
    ...parameterFindings(rendered),
    ...memoryFindings(rendered),
    ...walFindings(rendered),
    ...replicaFindings(rendered),
    ...nameFindings(rendered),
  ])

const parametersPath = 'spec.postgresql.parameters'
const parametersOf = ({ object }: RenderedObject) => textsAt(object, 'spec', 'postgresql', 'parameters')

const parameterFindings = (rendered: RenderedObject): Finding[] =>
  Object.keys(parametersOf(rendered))
    .filter((name) => operatorsParameters.test(name))
    .map((name) => ({
      rendered,
      field: `${parametersPath}.${name}`,
      problem: `Only CloudNativePG sets the parameter ${name}. Its webhook rejects the Cluster.`,
      mend: 'Remove the parameter.',
    }))

function memoryFindings(rendered: RenderedObject): Finding[] {
  const { shared_buffers: text = '' } = parametersOf(rendered)
  const requested = textAt(rendered.object, 'spec', 'resources', 'requests', 'memory')
  const buffers = parameterBytes(text)
  if (text === '' || requested === undefined) return []
  if (buffers !== undefined && buffers > 0 && buffers <= memoryBytes(requested)) return []
  return [
    {
      rendered,
      field: `${parametersPath}.shared_buffers`,
      problem: `shared_buffers is ${text}, but must be a size above 0 and at most the memory request, ${requested}.`,
      mend: 'Compute it from the memory request.',
    },
  ]
}

function walFindings(rendered: RenderedObject): Finding[] {
  const { min_wal_size: least = '80MB', max_wal_size: most = '1GB' } = parametersOf(rendered)
  const volume = textAt(rendered.object, 'spec', 'walStorage', 'size')
  const [leastBytes = 0, mostBytes = 0] = [parameterBytes(least), parameterBytes(most)]
  const found: Finding[] = []
  if (leastBytes >= mostBytes)
    found.push({
      rendered,
      field: `${parametersPath}.min_wal_size`,
      problem: `min_wal_size is ${least}, but must be below max_wal_size, ${most}.`,
      mend: 'Lower min_wal_size, or raise max_wal_size.',
    })
  if (volume !== undefined && mostBytes >= memoryBytes(volume))
    found.push({
      rendered,
      field: 'spec.walStorage.size',
      problem: `The volume of the write-ahead log has ${volume}, but must be larger than max_wal_size, ${most}.`,
      mend: 'Enlarge the volume, or lower max_wal_size.',
    })
  return found
}

function replicaFindings(rendered: RenderedObject): Finding[] {
  const { number } = recordAt(rendered.object, 'spec', 'postgresql', 'synchronous')
  const instances = at(rendered.object, 'spec', 'instances')
  if (typeof number !== 'number' || typeof instances !== 'number' || number < instances) return []
  return [
    {
      rendered,
      field: 'spec.postgresql.synchronous.number',
      problem: `${number} synchronous replicas need more than ${instances} instances.`,
      mend: 'Leave out spec.postgresql.synchronous, or render more instances.',
    },
  ]
}

function nameFindings(rendered: RenderedObject): Finding[] {
  const image = textAt(rendered.object, 'spec', 'imageName') ?? ''
  const hasVersion = image === '' || /:\d[\w.-]*$/.test(image.replace(/@.*/, ''))
  return [
    ...(rendered.name.length <= 50
      ? []
      : [
          {
            rendered,
            field: 'metadata.name',
            problem: `The name has ${rendered.name.length} characters, but must have at most 50.`,
            mend: 'Shorten the name.',
          },
        ]),
    ...(hasVersion
      ? []
      : [
          {
            rendered,
            field: 'spec.imageName',
            problem: `${image} has no tag with a version, which CloudNativePG needs to detect upgrades.`,
            mend: 'Write the tag before the digest.',
          },
        ]),
  ]
}
