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

/** Where an object's manifest stands, from the repository's root. */
export const manifestFile = ({ environment }: Subject, { path }: RenderedObject): string =>
  `${manifestsFolder(environment.name)}/${path}`

/** Something that stands in a manifest, at a field of its object. */
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

/** Where a setting of the environment stands, or would stand. */
export function settingPlace(
  subject: Subject,
  path: readonly string[],
): { readonly file: string; readonly line: number } {
  const file = configFile(subject)
  return { file, line: lineOfSetting(subject.files.get(file) ?? '', path).line }
}

/** A setting of the environment; one that nobody wrote is marked as the default. */
export function inConfig(subject: Subject, path: readonly string[], says: string): Evidence {
  const file = configFile(subject)
  const { line, written } = lineOfSetting(subject.files.get(file) ?? '', path)
  return { says: written ? says : `${says} (default)`, file, line }
}

/** Something in the agents' description, by its first line that matches below the line of a graph. */
export function inDescription(subject: Subject, path: readonly (string | number)[], says: string): Evidence {
  const text = subject.files.get(agentsDescriptionFile) ?? ''
  return { says, file: agentsDescriptionFile, line: lineOfField(text, path) }
}

/** What a setting does that the server doesn't act on, for the sentence. */
interface Without {
  /** What to do until it can: a sentence with its full stop. */
  readonly mend: string
  /** A setting that is there and has no effect yet, with its value as text. */
  readonly setting?: { readonly path: readonly string[]; readonly value: string }
}

/** The test that proves that the server can do it; what is missing where it can't. A setting never stands in for it. */
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

/** What else is not there yet, beside something that holds. */
export const serverCannotYet = (subject: Subject, capability: ServerCapability): Partial<Answer> =>
  subject.agents.server[capability] === false
    ? { notes: [`The server can't yet ${serverCapabilities[capability]}.`] }
    : {}

/** A document that must be there. `judge` says what is wrong with its text, if anything. */
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
        { problem: `${file} is ${text === undefined ? 'not there' : 'empty'}.`, mend: `Write it: ${says}.`, file },
      ],
    }
  }
  const missing = judge(text)
  return missing.length > 0 ? { missing } : { evidence: [{ says, file, line: lineWith(text, /^#/) ?? 1 }] }
}
