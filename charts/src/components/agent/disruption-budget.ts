import { type PodPart, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'

export interface DisruptionBudgetProps {
  readonly name: string
  readonly part: PodPart
  /** Minimum number of available pods during a voluntary disruption, such as the drain of a node. */
  readonly minAvailable: number
}

/** PodDisruptionBudget of one part's pods. */
export class DisruptionBudget extends Construct {
  constructor(scope: Construct, id: string, { name, part, minAvailable }: DisruptionBudgetProps) {
    super(scope, id)
    new k8s.KubePodDisruptionBudget(this, 'budget', {
      metadata: { name, labels: selectorLabels(part) },
      spec: {
        minAvailable: k8s.IntOrString.fromNumber(minAvailable),
        selector: { matchLabels: selectorLabels(part) },
        // Pods that never become ready must not keep a node from being drained.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    })
  }
}
