import { shortened } from '@hadal/middleware/shortened'

/** One step of the path to a part of a value: a key, an index, or a text for a part without either. */
export type PathStep = string | number | { readonly text: string }

const identifier = /^[A-Za-z_$][\w$]*$/
/** Maximum number of steps in the text of a path to a part of a value. The middle of a longer path is omitted. */
const mostSteps = 12

function stepText(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`
  if (typeof step === 'object') return `.${step.text}`
  if (identifier.test(step)) return `.${step}`
  return `[${JSON.stringify(shortened(step, 60))}]`
}

/** Formats the path to a part of a value as JavaScript writes it: `.messages[0].artifact`. The path of the value itself is empty. */
export function pathText(path: readonly PathStep[]): string {
  const texts = path.map(stepText)
  if (texts.length <= mostSteps) return texts.join('')
  return [...texts.slice(0, mostSteps / 2), '…', ...texts.slice(-mostSteps / 2)].join('')
}

/** Thrown for a value that would not be equal after it is read back. Nothing of the value was written. */
export class UnstorableValue extends Error {
  readonly path: string
  readonly reason: string
  /**
   * @param path path of the part that can't be saved
   * @param reason why the part can't be saved and what to do, as the rest of a sentence: "is a function. Remove it."
   * @param holder subject of the sentence, such as the channel
   */
  constructor(path: string, reason: string, holder = 'The value') {
    super(`${holder} can't be saved: ${path ? path.replace(/^\./, '') : 'it'} ${reason}`)
    this.name = 'UnstorableValue'
    this.path = path
    this.reason = reason
  }

  /** Returns a copy of this error that names the channel whose value was rejected. */
  inChannel(channel: string): UnstorableValue {
    return new UnstorableValue(this.path, this.reason, `The value of channel "${channel}"`)
  }
}
