import type { Danger, DangerRule } from '../compared.ts'
import { madeSecret, readSecrets } from '../secret-keys.ts'

/** A Secret, or a key of it, is not made any more, or pods read one that nothing rendered makes and nobody read before. */
export const lostSecrets: DangerRule = ({ before, after }, sides) => {
  const made = (objects: typeof sides.after): Set<string> =>
    new Set(
      objects.flatMap((object) => {
        const secret = madeSecret(object)
        return secret ? [secret.name, ...secret.keys.map((key) => `${secret.name}/${key}`)] : []
      }),
    )
  return [...lost(), ...unmade()]

  function lost(): Danger[] {
    const secret = before && madeSecret(before)
    if (!secret) return []
    const left = made(sides.after)
    const why = 'What still reads it keeps an old value that nobody renews, or does not start.'
    if (!left.has(secret.name)) return [{ field: '', what: `Secret ${secret.name} is not made any more.`, why }]
    return secret.keys
      .filter((key) => !left.has(`${secret.name}/${key}`))
      .map((key) => ({ field: 'spec.data', what: `Secret ${secret.name} loses its key ${key}.`, why }))
  }

  function unmade(): Danger[] {
    if (!before || !after) return []
    const known = new Set([...sides.before.flatMap(readSecrets), ...made(sides.after)])
    return readSecrets(after)
      .filter((secret) => !known.has(secret))
      .map((secret) => ({
        field: '',
        what: `Its pods read ${secret}, which nothing rendered makes and nobody read before.`,
        why: 'It must exist before this is synced, or the new pods do not start.',
      }))
  }
}
