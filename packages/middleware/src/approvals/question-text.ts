import { shortened } from '../shortened.ts'

/** The tool call that a question is about. */
export interface QuestionedCall {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
}

/**
 * Text of the question about a tool's calls: a template in which `{command}` is replaced by the argument `command` and `{tool}` by the tool's name, or
 * a function of the call.
 */
export type QuestionText = string | ((call: QuestionedCall) => string)

/** Texts of questions by the name of the tool. `*` is the text for every other tool. */
export type QuestionTexts = Readonly<Record<string, QuestionText>>

/** Maximum number of characters of one argument in a question's text. The question has the complete arguments beside its text. */
const mostOfArgument = 500
/** Maximum number of characters of a question's text. */
const mostCharacters = 4_000

/**
 * The text of the question about a call. Without a text of the agent's author, or if the author's function fails, it is an English sentence with the
 * tool's name.
 */
export function questionText(call: QuestionedCall, texts: QuestionTexts = {}): string {
  const usual = `A call of ${call.tool} waits for approval.`
  const own = Object.hasOwn(texts, call.tool) ? texts[call.tool] : texts['*']
  if (own === undefined) return usual
  if (typeof own === 'string') return shortened(filled(own, call), mostCharacters)
  try {
    const text: unknown = own(structuredClone(call))
    return typeof text === 'string' && text.trim() !== '' ? shortened(text, mostCharacters) : usual
  } catch {
    // A question must be asked even if its text can't be made.
    return usual
  }
}

const filled = (template: string, { tool, args }: QuestionedCall): string =>
  template.replace(/\{([A-Za-z_]\w{0,63})\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(args, name)) {
      const value = args[name]
      return shortened(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), mostOfArgument)
    }
    return name === 'tool' ? tool : placeholder
  })
