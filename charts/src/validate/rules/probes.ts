import type { Finding } from '../manifest-problem.ts'
import { containersOf, podsOf } from '../pods.ts'
import { at, listAt, textAt } from '../read-json.ts'
import { choices, type Rule } from '../subject.ts'

const probeFields = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const
const handlers = ['httpGet', 'tcpSocket', 'grpc'] as const

/** Rule: every probe uses a port of its own container. With another port, it would restart a healthy pod again and again. */
export const probes: Rule = (subject) =>
  podsOf(subject).flatMap((pod) =>
    containersOf(pod).flatMap(([container, path]) => {
      const ports = listAt(container, 'ports')
      const names = ports.flatMap((port) => textAt(port, 'name') ?? [])
      const numbers = ports.map((port) => at(port, 'containerPort'))
      return probeFields.flatMap((probe) =>
        handlers.flatMap((handler): Finding[] => {
          const port = at(container, probe, handler, 'port')
          if (port === undefined || (typeof port === 'string' ? names.includes(port) : numbers.includes(port)))
            return []
          return [
            {
              rendered: pod.maker,
              field: `${path}.${probe}.${handler}.port`,
              problem: `Container ${textAt(container, 'name')} has no port ${String(port)}.`,
              mend: `Use one of ${choices([...names, ...numbers.map(String)])}.`,
            },
          ]
        }),
      )
    }),
  )
