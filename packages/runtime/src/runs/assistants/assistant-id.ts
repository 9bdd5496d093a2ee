import { createHash } from 'node:crypto'
import type { ListedAgent, ListedAgents } from '../../agents/loaded-agent.ts'

/** UUID namespace from which LangGraph's servers derive the id of a graph's own assistant. */
const graphNamespace = Buffer.from('6ba7b8219dad11d180b400c04fd430c8', 'hex')

/** Id of a graph's own assistant: a UUID of version 5. */
export function assistantIdOf(graphId: string): string {
  const bytes = createHash('sha1').update(graphNamespace).update(graphId).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Returns the graph of its own assistant, by the graph's name or the assistant's id. Needs no database. */
export function ownGraph(agents: ListedAgents, assistantId: string): ListedAgent | undefined {
  return (
    agents.get(assistantId) ??
    [...agents.values()].find(({ graphId }) => assistantIdOf(graphId) === assistantId.toLowerCase())
  )
}
