import type { Danger, DangerRule } from '../compared.ts'
import { madeSecret, readSecrets } from '../secret-keys.ts'

/**
 * Finds Secrets and keys that are no longer created, keys that the secret store must newly have, and Secrets that pods newly read although no rendered
 * object creates them.
 */
export const lostSecrets: DangerRule = ({ before, after }, sides) => {
  const made = (objects: typeof sides.after): Set<string> =>
    new Set(
      objects.flatMap((object) => {
        const secret = madeSecret(object)
        return secret ? [secret.name, ...secret.keys.map((key) => `${secret.name}/${key}`)] : []
      }),
    )
  return [...lost(), ...required(), ...unmade()]

  function lost(): Danger[] {
    const secret = before && madeSecret(before)
    if (!secret) return []
    const left = made(sides.after)
    const why = 'Pods that still read it keep an outdated value or do not start.'
    if (!left.has(secret.name)) return [{ field: '', what: `Secret ${secret.name} is no longer created.`, why }]
    return secret.keys
      .filter((key) => !left.has(`${secret.name}/${key}`))
      .map((key) => ({ field: 'spec.data', what: `Secret ${secret.name} no longer has the key ${key}.`, why }))
  }

  function required(): Danger[] {
    if (before?.kind !== 'ExternalSecret' || after?.kind !== 'ExternalSecret') return []
    const [old, secret] = [madeSecret(before), madeSecret(after)]
    if (!old || old.name !== secret?.name) return []
    return secret.keys
      .filter((key) => !old.keys.includes(key))
      .map((key) => ({
        field: 'spec.target.template.data',
        what: `Secret ${secret.name} newly requires the key ${key} in the secret store.`,
        why: 'Without it in the store, the whole Secret is not updated and the sync waits before the Deployments. Write it to the store first.',
      }))
  }

  function unmade(): Danger[] {
    if (!before || !after) return []
    const known = new Set([...sides.before.flatMap(readSecrets), ...made(sides.after)])
    return readSecrets(after)
      .filter((secret) => !known.has(secret))
      .map((secret) => ({
        field: '',
        what: `Its pods now read ${secret}, which no rendered object creates.`,
        why: 'The Secret must exist before the sync, or the new pods do not start.',
      }))
  }
}
