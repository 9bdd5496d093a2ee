import type { Json } from '@hadal/charts/rendered-object'
import type { Danger, DangerRule } from '../compared.ts'

/** Pattern of addresses and options that use TLS. */
const secure = /\b(https|rediss|wss|ldaps):\/\/|\bsslmode=(require|verify-ca|verify-full)\b|--tls-port\b/
const why = 'Data on this connection can be read and changed in transit.'

const isOn = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

/** Whether the value of a variable such as `REDIS_TLS` turns TLS off. A variable that is not set does, too. */
const isOffWord = (value: Json | undefined): boolean =>
  value === undefined ||
  ['', 'off', 'false', 'no', 'none', 'disable', 'disabled', '0'].includes(String(value).toLowerCase())

/** Finds connections that lose TLS, as far as the fields of the objects show it. */
export const tlsOff: DangerRule = ({ kind, name, before, after, changes }, sides) => {
  if (kind === 'Certificate' && before && !after) {
    // Without an Ingress, a route or a Gateway, no exposed connection loses its TLS.
    const exposed = sides.after.some((object) => ['Ingress', 'HTTPRoute', 'Gateway'].includes(object.kind))
    return exposed ? [{ field: '', what: `Certificate ${name} is removed.`, why }] : []
  }
  return changes.flatMap(({ path, before, after }): Danger[] => {
    if (/(^|\.)(tls|TLS|certificates)$/.test(path) && isOn(before) && !isOn(after))
      return [{ field: path, what: 'TLS is disabled.', why }]
    if (/_TLS"?\]?$/.test(path) && !isOffWord(before) && isOffWord(after))
      return [{ field: path, what: 'TLS is disabled.', why }]
    if (typeof before === 'string' && typeof after === 'string' && secure.test(before) && !secure.test(after))
      return [{ field: path, what: 'An address or option with TLS is replaced by one without TLS.', why }]
    return []
  })
}
