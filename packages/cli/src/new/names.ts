/** `support-desk` and `SupportDesk` as `supportDesk`: how the export of a file is called. */
export const camelCase = (name: string): string => {
  const joined = name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

/** `AgentRunFailures` as `agent-run-failures`: how its file is called. */
export const kebabCase = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
