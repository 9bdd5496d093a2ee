/** One step on the way to a part of a value: a key, an index, or text for what has neither. */
export type PathStep = string | number | { readonly text: string }

const identifier = /^[A-Za-z_$][\w$]*$/
/** A path is for people: beyond this many steps its middle is left out. */
const mostSteps = 12

function stepText(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`
  if (typeof step === 'object') return `.${step.text}`
  if (identifier.test(step)) return `.${step}`
  return `[${JSON.stringify(step.length > 60 ? `${step.slice(0, 60)}…` : step)}]`
}

/** A path as JavaScript writes it: `.messages[0].artifact`. Empty for the value itself. */
export function pathText(path: readonly PathStep[]): string {
  const texts = path.map(stepText)
  if (texts.length <= mostSteps) return texts.join('')
  return [...texts.slice(0, mostSteps / 2), '…', ...texts.slice(-mostSteps / 2)].join('')
}

/** A value that can't be saved so that it comes back equal. Nothing of it was written. */
export class UnstorableValue extends Error {
  readonly path: string
  readonly reason: string
  /**
   * @param path where in the value the part is that can't be saved
   * @param reason what the part is and what to do, as the rest of a sentence: "is a function. Leave it out."
   * @param holder the name of what holds the value, for the sentence
   */
  constructor(path: string, reason: string, holder = 'The value') {
    super(`${holder} can't be saved: ${path ? path.replace(/^\./, '') : 'it'} ${reason}`)
    this.name = 'UnstorableValue'
    this.path = path
    this.reason = reason
  }

  /** The same refusal, naming the channel whose value it is. */
  inChannel(channel: string): UnstorableValue {
    return new UnstorableValue(this.path, this.reason, `The value of channel "${channel}"`)
  }
}
