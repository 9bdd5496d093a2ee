import type { Rule } from '../policy-resource.ts'

const rights = ['superuser', 'createRole', 'createDatabase', 'replication', 'bypassRowLevelSecurity']

/** Rule: roles must not have rights over the server or over other roles' rows. A superuser bypasses row-level security. */
export const noSuperuser: Rule = ({ type, props }) => {
  if (type === 'postgresql:index/role:Role')
    return rights
      .filter((right) => props[right] === true)
      .map((right) => `${right} is true, but no role may have it. Remove it.`)
  // By default the provider assumes that its login is a superuser and uses a superuser's rights.
  if (type === 'pulumi:providers:postgresql' && props.superuser !== false && props.superuser !== 'false')
    return ['superuser is not false, so the provider would need a superuser. Set superuser: false.']
  return []
}
