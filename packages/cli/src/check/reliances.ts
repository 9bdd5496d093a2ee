import type { Subject } from './checklist-item.ts'
import { clusterReliances } from './reliances/cluster.ts'
import { deliveryReliances } from './reliances/delivery.ts'
import { exposureReliances } from './reliances/exposure.ts'
import { identityReliances } from './reliances/identities.ts'
import { monitoringReliances } from './reliances/monitoring.ts'
import type { Reliance } from './reliances/reliance.ts'
import { serviceReliances } from './reliances/services.ts'
import { storageReliances } from './reliances/storage.ts'

/** Lists everything outside its manifests that an environment needs. Whether it exists is not checked. */
export const reliances = (subject: Subject): Reliance[] => [
  ...clusterReliances(subject),
  ...storageReliances(subject),
  ...monitoringReliances(subject),
  ...exposureReliances(subject),
  ...deliveryReliances(subject),
  ...serviceReliances(subject),
  ...identityReliances(subject),
]
