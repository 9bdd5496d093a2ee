import { commandAsks } from './command-asks.ts'
import type { QuestionTexts } from './question-text.ts'

/** Tools that change a file. Their calls always need approval, unless the code of an agent exempts a folder or the whole tool. */
const fileTools = ['write_file', 'edit_file', 'delete'] as const
type FileTool = (typeof fileTools)[number]

/**
 * A call of `execute` needs approval if its command contains one of these words in any case, or calls a program whose name begins with one. A part of
 * another word, as in `format`, does not count.
 */
const destructiveWords = ['rm', 'delete', 'drop', 'truncate'] as const

/**
 * Differences of an agent from the default approvals. By default, as in the guide, `write_file` and `edit_file` always need
 * approval, and `execute` needs it for a destructive word. `delete`, which the guide's agents do not have, always needs it too.
 */
export interface Approvals {
  /** Tool calls that need no approval: those for files under these absolute folders (each ends in `/`), or all calls of a tool. */
  readonly except?: Readonly<Partial<Record<FileTool, { readonly under: readonly string[] } | 'entirely'>>> & {
    readonly execute?: 'entirely'
  }
  /** Names of the agent's own tools whose calls always need approval. */
  readonly also?: readonly string[]
  /**
   * Texts of the questions by the name of the tool, with `*` for every other tool: a template such as `'Run {command}?'`, or a function of the call.
   * Default: an English sentence. The arguments are always shown beside the text.
   */
  readonly questions?: QuestionTexts
}

/** Rule that decides when the calls of a tool wait for a person. It is plain JSON for people and for `hadal check`. */
export type ApprovalRule =
  | { readonly tool: string; readonly asks: 'always' | 'never' }
  | { readonly tool: string; readonly asks: 'always'; readonly exceptUnder: readonly string[] }
  | { readonly tool: 'execute'; readonly asks: 'on words'; readonly words: readonly string[] }

/**
 * The approval rules of an agent. The list has exempt tools too, so that every exemption is visible.
 *
 * @throws Error if an exempt folder is not an absolute path that ends in `/`
 */
export function approvalRules(approvals: Approvals = {}): ApprovalRule[] {
  const rules: ApprovalRule[] = fileTools.map((tool) => {
    const exception = approvals.except?.[tool]
    if (exception === undefined) return { tool, asks: 'always' }
    if (exception === 'entirely') return { tool, asks: 'never' }
    for (const folder of exception.under) {
      if (isPlainPath(folder.replace(/\/$/, '')) && folder.endsWith('/')) continue
      throw new Error(
        `approvals.except.${tool}.under has "${folder}". Write an absolute folder with a slash at its end, such as "/notes/".`,
      )
    }
    return { tool, asks: 'always', exceptUnder: exception.under }
  })
  rules.push(
    approvals.except?.execute === 'entirely'
      ? { tool: 'execute', asks: 'never' }
      : { tool: 'execute', asks: 'on words', words: destructiveWords },
  )
  return [...rules, ...(approvals.also ?? []).map((tool) => ({ tool, asks: 'always' as const }))]
}

/** Whether a path is absolute and has no part that can lead to another place: `..`, `.`, `~`, `//`, backslashes, control characters. */
function isPlainPath(path: string): boolean {
  const [first, ...segments] = path.split('/')
  return (
    first === '' && segments.every((segment) => !['', '.', '..', '~'].includes(segment) && !/[\\\p{C}]/u.test(segment))
  )
}

/** Whether an approval rule requires a person's approval for a tool call with these arguments. */
export function needsApproval(rule: ApprovalRule, args: Readonly<Record<string, unknown>>): boolean {
  if (rule.asks === 'never') return false
  if (rule.asks === 'on words') {
    const { command } = args
    return typeof command !== 'string' || commandAsks(command, rule.words)
  }
  if (!('exceptUnder' in rule)) return true
  // deepagents' file tools use `path` if `file_path` is missing.
  const path = 'file_path' in args ? args.file_path : args.path
  if (typeof path !== 'string' || !isPlainPath(path)) return true
  return !rule.exceptUnder.some((folder) => path.startsWith(folder))
}
