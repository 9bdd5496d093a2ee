import type { Rule } from '../policy-resource.ts'

const rights = ['superuser', 'createRole', 'createDatabase', 'replication', 'bypassRowLevelSecurity']

/** Roles have no right over the server or over other roles' rows: row-level security does not bind a superuser. */
export const noSuperuser: Rule = ({ type, props }) => {
  if (type === 'postgresql:index/role:Role')
    return rights
      .filter((right) => props[right] === true)
      .map((right) => `${right} is on: no role made here has it. Take it out.`)
  // Left out, the provider takes its own login for a superuser's and does what only such a one may.
  if (type === 'pulumi:providers:postgresql' && props.superuser !== false && props.superuser !== 'false')
    return ['superuser is not switched off: the provider would need one. Write superuser: false.']
  return []
}
