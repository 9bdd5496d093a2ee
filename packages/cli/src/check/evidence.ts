import type { RenderedObject } from '@hadal/charts/rendered-object'
import {
  agentsDescriptionFile,
  describeCommand,
  type ServerCapability,
  serverCapabilities,
} from '@hadal/platform/agents-description'
import { manifestsFolder } from '@hadal/platform/names'
import type { Answer, Evidence, Missing, Subject } from './checklist-item.ts'
import { lineOfField, lineOfSetting, lineWith } from './line-of.ts'

export const objectTitle = ({ kind, name }: Pick<RenderedObject, 'kind' | 'name'>): string => `${kind} ${name}`

/** Path of an object's manifest, relative to the repository's root. */
export const manifestFile = ({ environment }: Subject, { path }: RenderedObject): string =>
  `${manifestsFolder(environment.name)}/${path}`

/** Creates evidence for a checklist item: a field of a rendered object, with its line in the manifest. */
export const inObject = (
  subject: Subject,
  rendered: RenderedObject,
  path: readonly (string | number)[],
  says: string,
): Evidence => ({
  says,
  object: objectTitle(rendered),
  file: manifestFile(subject, rendered),
  line: lineOfField(rendered.text, path),
})

export const configFile = ({ environment }: Subject): string => `environments/${environment.name}/config.ts`

/** File and line of a setting in `config.ts`. If the setting is not written there, the line where it would be. */
export function settingPlace(
  subject: Subject,
  path: readonly string[],
): { readonly file: string; readonly line: number } {
  const file = configFile(subject)
  return { file, line: lineOfSetting(subject.files.get(file) ?? '', path).line }
}

/** Creates evidence for a checklist item: a setting in `config.ts`. A setting that is not written there is marked as "(default)". */
export function inConfig(subject: Subject, path: readonly string[], says: string): Evidence {
  const file = configFile(subject)
  const { line, written } = lineOfSetting(subject.files.get(file) ?? '', path)
  return { says: written ? says : `${says} (default)`, file, line }
}

/** Creates evidence for a checklist item: a field of the agents' description. */
export function inDescription(subject: Subject, path: readonly (string | number)[], says: string): Evidence {
  const text = subject.files.get(agentsDescriptionFile) ?? ''
  return { says, file: agentsDescriptionFile, line: lineOfField(text, path) }
}

/** Texts of the checklist finding for a capability that the server lacks. */
interface Without {
  /** What to do until the server has the capability: a sentence with a full stop. */
  readonly mend: string
  /** Setting that has no effect without the server's capability, with its value as text. */
  readonly setting?: { readonly path: readonly string[]; readonly value: string }
}

/** Checklist answer for a capability of the server: its proving test as evidence, or what is missing. A setting alone is never evidence. */
export function serverCan(subject: Subject, capability: ServerCapability, { mend, setting }: Without): Partial<Answer> {
  const can = subject.agents.server[capability]
  const what = serverCapabilities[capability]
  if (can === false) {
    const idle = setting ? ` ${setting.path.join('.')} = ${setting.value} has no effect.` : ''
    const place = setting ? settingPlace(subject, setting.path) : {}
    return { missing: [{ problem: `The server can't yet ${what}.${idle}`, mend, ...place }] }
  }
  const line = lineWith(subject.files.get(can.file) ?? '', can.test)
  if (line !== undefined) return { evidence: [{ says: `The server can ${what}`, file: can.file, line }] }
  return {
    missing: [
      {
        problem: `${agentsDescriptionFile} says that the server can ${what}, but the test "${can.test}" is not in ${can.file}.`,
        mend: `Correct packages/runtime/src/agents/server-capabilities.ts and run "${describeCommand}".`,
        file: agentsDescriptionFile,
        line: lineOfField(subject.files.get(agentsDescriptionFile) ?? '', ['server', capability]),
      },
    ],
  }
}

/** A note about a capability that the server lacks and that the item does not require. */
export const serverCannotYet = (subject: Subject, capability: ServerCapability): Partial<Answer> =>
  subject.agents.server[capability] === false
    ? { notes: [`The server can't yet ${serverCapabilities[capability]}.`] }
    : {}

/** Checklist answer for a required document. `judge` returns the problems of its text. */
export function document(
  subject: Subject,
  file: string,
  says: string,
  judge: (text: string) => readonly Missing[],
): Partial<Answer> {
  const text = subject.files.get(file)
  if (text === undefined || text.trim() === '') {
    return {
      missing: [
        { problem: `${file} is ${text === undefined ? 'missing' : 'empty'}.`, mend: `Write it: ${says}.`, file },
      ],
    }
  }
  const missing = judge(text)
  return missing.length > 0 ? { missing } : { evidence: [{ says, file, line: lineWith(text, /^#/) ?? 1 }] }
}
