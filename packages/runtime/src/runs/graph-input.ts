import { Command, Send } from '@langchain/langgraph'
import type { Goto, RunRequest } from './run-request.ts'

const target = (goto: Goto): string | Send =>
  typeof goto === 'string' ? goto : new Send(goto.node, goto.input ?? null)

const isList = <Item>(value: unknown | readonly Item[]): value is readonly Item[] => Array.isArray(value)

/** Input of the graph at the first start of a run; `null` continues the thread from its current state. */
export function graphInput({ input, command }: Pick<RunRequest, 'input' | 'command'>): unknown {
  if (!command) return input ?? null
  const { resume, update, goto } = command
  return new Command({
    ...(resume === undefined ? {} : { resume }),
    ...(update
      ? { update: isUpdateList(update) ? update.map(([key, value]): [string, unknown] => [key, value]) : { ...update } }
      : {}),
    ...(goto === undefined ? {} : { goto: isList<Goto>(goto) ? goto.map(target) : target(goto) }),
  })
}

const isUpdateList = (
  update: NonNullable<NonNullable<RunRequest['command']>['update']>,
): update is readonly (readonly [string, unknown])[] => Array.isArray(update)
