import { absentPods } from './absent-pods.ts'

export const workersAbsent = absentPods('worker', {
  name: 'WorkersAbsent',
  summary: 'No worker answers Prometheus',
  description:
    'No pod of the Deployment of the workers is up, or none is found at all. Runs are accepted, and none continues.',
  concerns: ({ agent }) => agent.topology === 'split',
})
