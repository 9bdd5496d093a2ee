/** Parts of the LangGraph API that this server does not serve, by the beginning of their paths. */
const parts: readonly { readonly path: RegExp; readonly sentence: string }[] = [
  {
    path: /^(\/threads\/[^/]+)?\/runs\/crons(\/|$)/,
    sentence: 'Crons are not served yet. Start runs from a scheduler of your own.',
  },
  {
    path: /^\/threads\/[^/]+\/(stream\/events|commands)$/,
    sentence: 'The streaming protocol v2 is not served yet. Use runs.stream and threads.joinStream.',
  },
  { path: /^(\/a2a(\/|$)|\/\.well-known\/agent-card\.json$)/, sentence: 'A2A is not served yet.' },
  { path: /^\/mcp(\/|$)/, sentence: 'MCP is not served yet.' },
  {
    path: /^\/metrics$/,
    sentence: 'Metrics are not served at this address: they have a port of their own, METRICS_PORT.',
  },
  { path: /^\/ui(\/|$)/, sentence: 'Components of user interfaces are not served by this server.' },
]

/** Returns a sentence about the part of the LangGraph API that a path belongs to and that this server does not serve; undefined for any other path. */
export const notServed = (path: string): string | undefined => parts.find((part) => part.path.test(path))?.sentence
