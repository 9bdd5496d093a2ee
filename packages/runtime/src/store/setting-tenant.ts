const statements = new Set<string>()

/**
 * Marks a statement that needs no tenant of its transaction, because it calls one function that sets the tenant, or the ids of the API keys that it may
 * read, before it reads. A tenant's pool executes it in one round trip.
 *
 * @returns the statement
 */
export function settingTenant(text: string): string {
  statements.add(text)
  return text
}

/**
 * Whether a statement sees rows only if its transaction has set the tenant: it names something in the schema `hadal`, or changes jobs of pg-boss, whose
 * triggers read tables of that schema.
 */
export const needsTenant = (text: string): boolean => /\b(hadal|pgboss)\./.test(text) && !statements.has(text)
