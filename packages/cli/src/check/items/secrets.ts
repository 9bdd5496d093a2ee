import type { RenderedObject } from '@hadal/charts/rendered-object'
import { type Keyed, madeSecrets } from '@hadal/charts/validate/made'
import { recordAt } from '@hadal/charts/validate/read-json'
import { secretsOf } from '@hadal/platform/secret-table'
import { noVariable, serverVariable } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inObject, manifestFile, objectTitle, serverCan } from '../evidence.ts'

/** Every Secret has its maker, no value stands in a manifest, and, where mistakes hurt, the providers' keys are encrypted once more. */
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
    return { evidence: [inConfig(subject, ['secrets'], `Pulumi makes ${names} from its encrypted configuration`)] }
  }
  const parts = [...wanted].map(([name, keys]): Partial<Answer> => {
    const makers = objects.filter(({ kind }) => kind === 'ExternalSecret')
    const rendered = makers.find((maker) => keysMadeBy(maker).has(name))
    const there = rendered && keysMadeBy(rendered).get(name)
    // Where the object leaves the keys to the store, nothing here can tell which there are.
    const absent = there ? keys.filter((key) => !there.has(key)) : []
    if (rendered && absent.length === 0)
      return { evidence: [inObject(subject, rendered, ['spec', 'secretStoreRef'], `${name} comes from the store`)] }
    const problem = rendered
      ? `${objectTitle(rendered)} brings no ${absent.join(', ')}.`
      : `Nothing makes the Secret ${name} (${keys.join(', ')}).`
    return {
      missing: [{ problem, mend: 'Mend charts/src/components/secrets.ts, which renders one ExternalSecret a Secret.' }],
    }
  })
  return together(...parts)
}

/** The Secrets that one object makes, with their keys. */
const keysMadeBy = (rendered: RenderedObject): Keyed => madeSecrets({ objects: [rendered], givenSecrets: new Map() })

function noneInline(subject: Subject): Partial<Answer> {
  const inline = subject.objects.filter(
    ({ kind, object }) =>
      kind === 'Secret' && Object.keys({ ...recordAt(object, 'data'), ...recordAt(object, 'stringData') }).length > 0,
  )
  return {
    missing: inline.map((rendered) => ({
      problem: `${objectTitle(rendered)} stands in Git with its values.`,
      mend: 'Take it out, make its values invalid where they were made, and let the secret store or Pulumi make it.',
      file: manifestFile(subject, rendered),
      line: 1,
    })),
  }
}

function keys(subject: Subject): Partial<Answer> {
  if (!subject.environment.protected)
    return { notes: ["Providers' keys may be plain here: only a protected environment asks for Fernet tokens."] }
  const variable = serverVariable(subject, 'ENCRYPTION_KEY_FILE')
  const insists = serverVariable(subject, 'PROVIDER_KEYS')
  return together(
    variable
      ? { evidence: variable.at("The key of the keys comes from a Secret apart from the providers' keys") }
      : { missing: [noVariable('ENCRYPTION_KEY_FILE')] },
    insists?.value === 'encrypted'
      ? { evidence: insists.at('The server refuses a plain key of a provider') }
      : { missing: [noVariable('PROVIDER_KEYS=encrypted')] },
    serverCan(subject, 'keyEncryption', {
      mend: 'Until it can, llm-credentials must hold plain keys: let nobody but the server read that Secret.',
    }),
  )
}
