import process from 'node:process'
import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'

/** Fields of a langgraph.json that tell the LangGraph CLI how to build an image. Hadal's build does not need them. */
const buildFields = [
  '$schema',
  'version',
  'dependencies',
  'source',
  'node_version',
  'node_loader',
  'python_version',
  'base_image',
  'image_distro',
  'dockerfile_lines',
  'docker_compose_file',
  'pip_config_file',
  'pip_installer',
  'keep_pkg_tools',
  'api_version',
]

/** Fields that protect the server. A server that ignored one would serve what the author of the file believes to be closed. */
const protecting = {
  encryption: 'how stored data is encrypted',
} as const

const known = ['graphs', 'env', 'http', 'auth', 'store', 'checkpointer', 'webhooks', 'ui', 'ui_config', ...buildFields]

interface CheckedKeys {
  readonly problems: string[]
  readonly notices: string[]
}

/** Whether a field of a langgraph.json has a value. The public tools write `null` and `{}` for an absent one. */
export const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(isRecord(value) && Object.keys(value).length === 0)

/** The sentence that refuses the start because of a field that protects. */
const cannotProtect = (file: string, field: string, what: string): string =>
  `${file}: "${field}" sets ${what}, and this server can't do that yet. It does not start, because it would be less protected than the file ` +
  `says. Remove "${field}" if the server may run without it.`

/** The sentence that refuses the start because of an unknown field whose name is nearly that of a field that protects. */
export const nearlyProtects = (file: string, field: string, near: string): string =>
  `${file} has the unknown field "${field}". Did you mean "${near}", which protects the server? Correct the name, or remove the field.`

/**
 * Checks the names of the fields of a langgraph.json. A field that protects and can't be honoured is an error, and so is an unknown field whose name
 * is nearly that of such a field. Any other unknown field is a warning.
 *
 * @param file name of the file in the messages
 */
export function checkKeys(file: string, content: Readonly<Record<string, unknown>>): CheckedKeys {
  const problems: string[] = []
  const notices: string[] = []
  for (const [field, value] of Object.entries(content)) {
    if (isProtecting(field)) {
      if (isSet(value)) problems.push(cannotProtect(file, field, protecting[field]))
    } else if (field === 'ui' || field === 'ui_config') {
      if (isSet(value))
        notices.push(`${file}: "${field}" has no effect: only LangSmith shows an agent's own components.`)
    } else if (!known.includes(field)) {
      const near = nearestName(field, [...Object.keys(protecting), 'auth', 'webhooks'])
      const meant = nearestName(field, known)
      if (near) problems.push(nearlyProtects(file, field, near))
      else
        notices.push(
          `${file} has the unknown field "${field}". ${meant ? `Did you mean "${meant}"?` : 'It has no effect.'}`,
        )
    }
  }
  const ofWebhooks = checkWebhooks(file, content.webhooks)
  const node = checkNode(file, content.node_version)
  return {
    problems: [...problems, ...ofWebhooks.problems],
    notices: [...notices, ...ofWebhooks.notices, ...node],
  }
}

const isProtecting = (field: string): field is keyof typeof protecting => Object.hasOwn(protecting, field)

function checkWebhooks(file: string, webhooks: unknown): CheckedKeys {
  if (!isSet(webhooks)) return { problems: [], notices: [] }
  if (!isRecord(webhooks)) {
    return {
      problems: [`${file}: "webhooks" is ${JSON.stringify(webhooks)}. Use an object, or remove it.`],
      notices: [],
    }
  }
  const problems: string[] = []
  const notices: string[] = []
  for (const [field, value] of Object.entries(webhooks)) {
    const near = field === 'headers' || field === 'env_prefix' ? undefined : nearestName(field, ['url'])
    if (field === 'url' && isSet(value)) {
      problems.push(cannotProtect(file, 'webhooks.url', 'which addresses webhooks may call'))
    } else if (near && field !== 'url') problems.push(nearlyProtects(file, `webhooks.${field}`, 'webhooks.url'))
    else if (field !== 'url')
      notices.push(`${file}: "webhooks.${field}" has no effect, because this server sends no webhooks yet.`)
  }
  return { problems, notices }
}

function checkNode(file: string, wanted: unknown): string[] {
  const running = process.versions.node.split('.')[0]
  if (wanted === undefined || wanted === null || String(wanted).split('.')[0] === running) return []
  return [`${file}: "node_version" is ${JSON.stringify(wanted)}, but this server runs Node ${running}.`]
}
