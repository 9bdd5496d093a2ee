import { isDeepStrictEqual } from 'node:util'
import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, textAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'

/** Finds new permissions of roles, role bindings and Argo CD projects. */
export const widerRights: DangerRule = ({ kind, before, after }) => {
  if (!after) return []
  switch (kind) {
    case 'Role':
    case 'ClusterRole':
      return widerRole(before, after)
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return added(before, after, ['subjects']).map((subject) => ({
        field: 'subjects',
        what: `${textAt(subject, 'kind')} ${textAt(subject, 'name')} is bound to ${textAt(after, 'roleRef', 'name')}.`,
        why: 'It gets all permissions of the role.',
      }))
    case 'AppProject':
      return before ? widerProject(before, after) : []
    default:
      return []
  }
}

function widerRole(before: KubernetesObject | undefined, after: KubernetesObject): Danger[] {
  const fresh = grants(after).filter((grant) => !before || !grants(before).some((known) => includes(known, grant)))
  if (fresh.length === 0) return []
  const list = fresh.map(([group, resource, verb]) => `${verb} ${group === '' ? resource : `${resource}.${group}`}`)
  const why = 'Every subject of the role, and an attacker in one of its pods, gets these permissions.'
  return [{ field: 'rules', what: `It newly grants: ${list.join(', ')}.`, why }]
}

type Grant = readonly [group: string, resource: string, verb: string]

function grants(role: KubernetesObject): Grant[] {
  return listAt(role, 'rules').flatMap((rule) =>
    listAt(rule, 'apiGroups').flatMap((group) =>
      listAt(rule, 'resources').flatMap((resource) =>
        listAt(rule, 'verbs').map((verb): Grant => [String(group), String(resource), String(verb)]),
      ),
    ),
  )
}

const includes = (known: Grant, grant: Grant): boolean =>
  grant.every((part, index) => known[index] === '*' || known[index] === part)

function widerProject(before: KubernetesObject, after: KubernetesObject): Danger[] {
  const lists = {
    destinations: 'Applications of this project may deploy to',
    sourceRepos: 'Applications of this project may come from',
    namespaceResourceWhitelist: 'Applications of this project may create',
    clusterResourceWhitelist: 'Applications of this project may create, cluster-wide',
  }
  const why = 'The project limits what a pull request can change in the cluster.'
  return Object.entries(lists).flatMap(([list, may]) => {
    const items = added(before, after, ['spec', list]).map(itemText)
    return items.length > 0 ? [{ field: `spec.${list}`, what: `${may}: ${items.join(', ')}.`, why }] : []
  })
}

const itemText = (item: Json): string =>
  typeof item === 'object' && item !== null ? Object.values(item).map(String).filter(Boolean).join(' ') : String(item)

const added = (before: KubernetesObject | undefined, after: KubernetesObject, path: string[]): Json[] =>
  listAt(after, ...path).filter((item) => !listAt(before, ...path).some((known) => isDeepStrictEqual(known, item)))
