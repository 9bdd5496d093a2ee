/** Returns the process id of the PostgreSQL backend that serves a connection. The types of `pg` do not declare it. */
export const backendOf = (client: object): unknown => ('processID' in client ? client.processID : undefined)
