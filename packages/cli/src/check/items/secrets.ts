import type { RenderedObject } from '@hadal/charts/rendered-object'
import { type Keyed, madeSecrets } from '@hadal/charts/validate/made'
import { recordAt } from '@hadal/charts/validate/read-json'
import { secretsOf } from '@hadal/platform/secret-table'
import { noVariable, serverVariable } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inObject, manifestFile, objectTitle, serverCan } from '../evidence.ts'

/**
 * Checklist item: every Secret is created, no manifest contains a secret's value, and in a protected environment the providers' keys are also
 * encrypted.
 */
export const secrets: ChecklistItem = {
  id: 'secrets',
  title: 'Secrets and key encryption',
  group: 'required',
  answer: (subject) => together(made(subject), noneInline(subject), keys(subject)),
}

function made(subject: Subject): Partial<Answer> {
  const { environment, objects } = subject
  const wanted = new Map<string, string[]>()
  for (const { secret, key, maker } of secretsOf(environment)) {
    if (maker === 'secrets') wanted.set(secret, [...(wanted.get(secret) ?? []), key])
  }
  if (environment.secrets.kind === 'pulumi') {
    const names = [...wanted.keys()].join(', ')
    return { evidence: [inConfig(subject, ['secrets'], `Pulumi creates ${names} from its encrypted configuration`)] }
  }
  const parts = [...wanted].map(([name, keys]): Partial<Answer> => {
    const makers = objects.filter(({ kind }) => kind === 'ExternalSecret')
    const rendered = makers.find((maker) => keysMadeBy(maker).has(name))
    const there = rendered && keysMadeBy(rendered).get(name)
    // If the ExternalSecret takes all keys of the store's entry, its keys are unknown here.
    const absent = there ? keys.filter((key) => !there.has(key)) : []
    if (rendered && absent.length === 0)
      return { evidence: [inObject(subject, rendered, ['spec', 'secretStoreRef'], `${name} comes from the store`)] }
    const problem = rendered
      ? `${objectTitle(rendered)} does not provide ${absent.join(', ')}.`
      : `Nothing creates the Secret ${name} (${keys.join(', ')}).`
    return {
      missing: [
        { problem, mend: 'Fix charts/src/components/secrets.ts, which renders one ExternalSecret per Secret.' },
      ],
    }
  })
  return together(...parts)
}

/** The Secrets that one object creates, with their keys. */
const keysMadeBy = (rendered: RenderedObject): Keyed => madeSecrets({ objects: [rendered], givenSecrets: new Map() })

function noneInline(subject: Subject): Partial<Answer> {
  const inline = subject.objects.filter(
    ({ kind, object }) =>
      kind === 'Secret' && Object.keys({ ...recordAt(object, 'data'), ...recordAt(object, 'stringData') }).length > 0,
  )
  return {
    missing: inline.map((rendered) => ({
      problem: `${objectTitle(rendered)} is committed to Git with its values.`,
      mend: 'Remove it, revoke its values at their issuer, and let the secret store or Pulumi create the Secret.',
      file: manifestFile(subject, rendered),
      line: 1,
    })),
  }
}

function keys(subject: Subject): Partial<Answer> {
  if (!subject.environment.protected)
    return { notes: ["Providers' keys may be plain text here: only a protected environment requires Fernet tokens."] }
  const variable = serverVariable(subject, 'ENCRYPTION_KEY_FILE')
  const insists = serverVariable(subject, 'PROVIDER_KEYS')
  return together(
    variable
      ? { evidence: variable.at("The encryption key is in a separate Secret from the providers' keys") }
      : { missing: [noVariable('ENCRYPTION_KEY_FILE')] },
    insists?.value === 'encrypted'
      ? { evidence: insists.at("The server rejects providers' keys in plain text") }
      : { missing: [noVariable('PROVIDER_KEYS=encrypted')] },
    serverCan(subject, 'keyEncryption', {
      mend: 'Until then, llm-credentials must hold plain keys. Allow only the server to read that Secret.',
    }),
  )
}
