import { expect, test } from 'vitest'
import { binding, type Case, dangers, project, role } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'an additional verb',
    [role('get')],
    [role('get', 'delete')],
    ['wider-rights: Role x: It newly grants: delete pods.'],
  ],
  ['a removed verb', [role('*')], [role('get')], []],
  [
    'an additional subject',
    [binding('a')],
    [binding('a', 'b')],
    ['wider-rights: RoleBinding x: ServiceAccount b is bound to r.'],
  ],
  [
    'a project that may deploy elsewhere',
    [project({})],
    [project({ destinations: [{ namespace: 'n' }, { namespace: 'kube-system', server: 's' }] })],
    ['wider-rights: AppProject x: Applications of this project may deploy to: kube-system s.'],
  ],
  [
    'a project that may create another kind',
    [project({ namespaceResourceWhitelist: [] })],
    [project({ namespaceResourceWhitelist: [{ group: 'batch', kind: 'CronJob' }] })],
    ['wider-rights: AppProject x: Applications of this project may create: batch CronJob.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
