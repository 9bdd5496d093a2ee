import { absentPods } from './absent-pods.ts'

export const agentAbsent = absentPods('server', {
  name: 'AgentAbsent',
  summary: 'No pod of the API answers Prometheus',
  description:
    'No pod of the Deployment that serves the API is up, or none is found at all. Clients get no response. Without separate workers, no run continues.',
})
