import { isBinaryBlock, isBinaryData } from '@hadal/middleware/input-validation/binary-data'
import type { Provenance } from '@hadal/middleware/input-validation/rule'
import { verdict } from '@hadal/middleware/input-validation/verdict'
import { isObject } from '@hadal/middleware/unknown-value'
import type { PlatformValidation } from '../input-validation/create-input-validation.ts'
import { Refusal } from './refusal.ts'

/** A text in a client's request, with the path of its field and its provenance. */
interface SentText {
  readonly field: string
  readonly text: string
  readonly provenance: Provenance
}

/**
 * Yields every text in a value of a request, such as messages of any role, answers to interrupts and edited arguments. Texts below a key
 * `files` have the provenance `memory`. Base64 data of images, audio and files is left out.
 */
function* textsIn(
  value: unknown,
  field: string,
  provenance: Provenance,
  key = '',
  binary = false,
): Generator<SentText> {
  if (typeof value === 'string') {
    if (!(binary && isBinaryData(key, value))) yield { field, text: value, provenance }
  } else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* textsIn(one, `${field}[${index}]`, provenance, key, binary)
  } else if (isObject(value)) {
    const inside = binary || isBinaryBlock(value)
    for (const [name, one] of Object.entries(value))
      yield* textsIn(one, `${field}.${name}`, name === 'files' ? 'memory' : provenance, name, inside)
  }
}

/**
 * Rejects a request if input validation blocks any text in it, before anything of the request is stored. Texts that are only flagged pass,
 * because the middleware of the agents marks them.
 *
 * @param sent values by the name of their request field, for the error
 * @param allowed ids of rules whose findings the graph's author allows
 * @throws {Refusal} 422 with the code `input_blocked` and the rules' ids
 */
export async function checkClientTexts(
  validation: PlatformValidation | undefined,
  sent: Readonly<Record<string, unknown>>,
  threadId: string | undefined,
  allowed: readonly string[] = [],
): Promise<void> {
  if (validation?.action !== 'block') return
  for (const [name, value] of Object.entries(sent)) {
    for (const { field, text, provenance } of textsIn(value, name, 'user')) {
      const found = verdict(await validation.inspector(text, provenance), provenance, validation.action, allowed)
      if (found?.action !== 'block') continue
      validation.onReport(found, { thread_id: threadId })
      const rules = found.findings.map(({ rule }) => rule)
      throw new Refusal(
        422,
        `${field} was blocked by input validation: ${rules.join(', ')}. It looks like an attempt to override the agent's instructions. Say what you want in other words.`,
        { code: 'input_blocked', rules },
      )
    }
  }
}
