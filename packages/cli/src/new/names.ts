/** Converts `support-desk` or `SupportDesk` to `supportDesk`, the name of a file's export. */
export const camelCase = (name: string): string => {
  const joined = name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

/** Converts `AgentRunFailures` to `agent-run-failures`, the name of an alert's file. */
export const kebabCase = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
