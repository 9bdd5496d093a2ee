import { accessRights } from './access-rights.ts'
import { apiServerAddresses } from './api-server-addresses.ts'
import { autoscalerBounds } from './autoscaler-bounds.ts'
import { budgets } from './budgets.ts'
import { burnRates } from './burn-rates.ts'
import { databaseConnections } from './database-connections.ts'
import { databaseRecovery } from './database-recovery.ts'
import { destinationNamespaces } from './destination-namespaces.ts'
import { disruptionBudget } from './disruption-budget.ts'
import { encryptedBackups } from './encrypted-backups.ts'
import { endpointDestinations } from './endpoint-destinations.ts'
import { gracePeriod } from './grace-period.ts'
import { ingressProxies } from './ingress-proxies.ts'
import type { Invariant } from './invariant.ts'
import { models } from './models.ts'
import { noSecrets } from './no-secrets.ts'
import { managedOperatorNamespaces } from './operator-namespaces.ts'
import { ownNamespace } from './own-namespace.ts'
import { protectedAccess } from './protected-access.ts'
import { protectedBackup } from './protected-backup.ts'
import { protectedGuards } from './protected-guards.ts'
import { protectedInstances } from './protected-instances.ts'
import { quota } from './quota.ts'
import { requestsWithinLimits } from './requests-within-limits.ts'
import { retention } from './retention.ts'
import { smallestSizes } from './smallest-sizes.ts'
import { tlsOutsideDevelopment } from './tls-outside-development.ts'
import { workerMemory } from './worker-memory.ts'

/** All invariants: rules across fields of one environment. To add one, write a file and add a line here. */
export const invariants: readonly Invariant[] = [
  ownNamespace,
  managedOperatorNamespaces,
  noSecrets,
  autoscalerBounds,
  disruptionBudget,
  gracePeriod,
  requestsWithinLimits,
  smallestSizes,
  workerMemory,
  quota,
  databaseConnections,
  databaseRecovery,
  models,
  endpointDestinations,
  destinationNamespaces,
  apiServerAddresses,
  ingressProxies,
  accessRights,
  budgets,
  burnRates,
  retention,
  encryptedBackups,
  tlsOutsideDevelopment,
  protectedBackup,
  protectedInstances,
  protectedAccess,
  protectedGuards,
]
