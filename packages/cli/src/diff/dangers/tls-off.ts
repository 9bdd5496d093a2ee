import type { Json } from '@hadal/charts/rendered-object'
import type { Danger, DangerRule } from '../compared.ts'

/** Ways to write an address or an option that is spoken to with TLS. */
const secure = /\b(https|rediss|wss|ldaps):\/\/|\bsslmode=(require|verify-ca|verify-full)\b|--tls-port\b/
const why = 'What goes over this connection can be read and changed on its way.'

const isOn = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

/** A connection that was encrypted is not any more, as far as the fields say. */
export const tlsOff: DangerRule = ({ kind, name, before, after, changes }, sides) => {
  if (kind === 'Certificate' && before && !after) {
    // With everything that it was for gone too, nothing is left in the clear.
    const exposed = sides.after.some((object) => ['Ingress', 'HTTPRoute', 'Gateway'].includes(object.kind))
    return exposed ? [{ field: '', what: `Certificate ${name} is removed.`, why }] : []
  }
  return changes.flatMap(({ path, before, after }): Danger[] => {
    if (/(^|\.)(tls|TLS|certificates)$/.test(path) && isOn(before) && !isOn(after))
      return [{ field: path, what: 'TLS is switched off.', why }]
    if (/_TLS"?\]?$/.test(path) && String(before) === 'true' && String(after) !== 'true')
      return [{ field: path, what: 'TLS is switched off.', why }]
    if (typeof before === 'string' && typeof after === 'string' && secure.test(before) && !secure.test(after))
      return [{ field: path, what: 'An address or option with TLS is replaced by one without.', why }]
    return []
  })
}
