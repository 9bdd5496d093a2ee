import { type PodPart, selectorLabels } from '@hadal/platform/names'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'

/** Labels of a pod template: those of the chart, which cdk8s adds to objects only, and the selector labels of the part. */
export const podLabels = (scope: Construct, part: PodPart): Record<string, string> => ({
  ...Chart.of(scope).labels,
  ...selectorLabels(part),
})
