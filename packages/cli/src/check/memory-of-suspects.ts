import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { memoryShares } from '@hadal/platform/memory-shares'
import { memoryBytes } from '@hadal/platform/quantity'
import { type AgentPods, inContainer } from './agent-pods.ts'
import type { Answer, Subject } from './checklist-item.ts'
import { manifestFile, objectTitle } from './evidence.ts'

const heapOption = /(?:^|\s)--max-old-space-size=(\d+)(?:\s|$)/
const mend = 'Make charts/src/components/agent/variables.ts derive both from the limit, with memoryShares.'

/**
 * Checklist answer for a container's memory limit: the server's heap, the child process that runs a suspect and a reserve must fit. If they don't,
 * the kernel kills the whole container, including the server. Servers with the role `api` have no such child process.
 */
export function memoryOfSuspects(subject: Subject, pod: AgentPods): Partial<Answer> {
  const variables = listAt(pod.container, 'env')
  const variable = (name: string): string | undefined =>
    textAt(
      variables.find((one) => textAt(one, 'name') === name),
      'value',
    )
  if (variable('ROLE') === 'api') return {}
  const title = objectTitle(pod.rendered)
  const limitPath = ['resources', 'limits', 'memory']
  const limit = textAt(pod.container, ...limitPath)
  const heap = heapOption.exec(variable('NODE_OPTIONS') ?? '')?.[1]
  const suspect = variable('SUSPECT_MEMORY_MEBIBYTES')
  const missing = (problem: string): Partial<Answer> => ({
    missing: [
      {
        problem,
        mend,
        file: manifestFile(subject, pod.rendered),
        line: inContainer(subject, pod, limitPath, '').line,
      },
    ],
  })
  if (limit === undefined || heap === undefined || suspect === undefined) {
    const lacks = 'a memory limit, --max-old-space-size in NODE_OPTIONS, and SUSPECT_MEMORY_MEBIBYTES'
    return missing(`${title} needs ${lacks}, or a run that exhausts the memory kills the whole container.`)
  }
  const { reserve } = memoryShares(memoryBytes(limit))
  const wanted = Number(heap) + Number(suspect) + reserve
  if (wanted * 2 ** 20 > memoryBytes(limit)) {
    const shares = `${heap} MiB for the heap, ${suspect} MiB for a suspect and ${reserve} MiB in reserve`
    return missing(`${title} has a memory limit of ${limit}, less than ${shares}.`)
  }
  const says = `${heap} MiB for the heap, ${suspect} MiB for a suspect and the reserve fit`
  return { evidence: [inContainer(subject, pod, limitPath, says)] }
}
