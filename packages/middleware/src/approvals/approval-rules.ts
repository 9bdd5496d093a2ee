import { commandAsks } from './command-asks.ts'

/** Tools that change a file. They ask every time, unless an agent's code opts a folder or the whole tool out. */
const fileTools = ['write_file', 'edit_file', 'delete'] as const
type FileTool = (typeof fileTools)[number]

/** `execute` asks when its command contains one of these as a word, whatever its case (not `format`, not `dropdown`). */
const destructiveWords = ['rm', 'delete', 'drop', 'truncate'] as const

/**
 * How an agent departs from the defaults, which are the guide's: `write_file` and `edit_file` ask every time, and
 * `execute` on a destructive word. `delete`, which the guide's agents did not have yet, asks every time too.
 */
export interface Approvals {
  /** What runs unasked: files under these absolute folders (each ends in `/`), or the tool as a whole. */
  readonly except?: Readonly<Partial<Record<FileTool, { readonly under: readonly string[] } | 'entirely'>>> & {
    readonly execute?: 'entirely'
  }
  /** Tools of the agent's own that ask every time. */
  readonly also?: readonly string[]
}

/** When a tool's call waits for a person, as JSON for people and for `hadal check`. */
export type ApprovalRule =
  | { readonly tool: string; readonly asks: 'always' | 'never' }
  | { readonly tool: string; readonly asks: 'always'; readonly exceptUnder: readonly string[] }
  | { readonly tool: 'execute'; readonly asks: 'on words'; readonly words: readonly string[] }

/**
 * Every rule in one list, opted-out tools included, so that nothing is opted out unseen.
 *
 * @throws Error with a sentence when a folder that is opted out is no absolute folder
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

/** Absolute and without anything that could name another place than it seems to: `..`, `.`, `~`, `//`, backslashes. */
function isPlainPath(path: string): boolean {
  const [first, ...segments] = path.split('/')
  return (
    first === '' && segments.every((segment) => !['', '.', '..', '~'].includes(segment) && !/[\\\p{C}]/u.test(segment))
  )
}

/** Whether a call waits for a person under a rule. A pure function of the call. */
export function needsApproval(rule: ApprovalRule, args: Readonly<Record<string, unknown>>): boolean {
  if (rule.asks === 'never') return false
  if (rule.asks === 'on words') {
    const { command } = args
    return typeof command !== 'string' || commandAsks(command, rule.words)
  }
  if (!('exceptUnder' in rule)) return true
  // deepagents' file tools take `path` where `file_path` is missing.
  const path = 'file_path' in args ? args.file_path : args.path
  if (typeof path !== 'string' || !isPlainPath(path)) return true
  return !rule.exceptUnder.some((folder) => path.startsWith(folder))
}
