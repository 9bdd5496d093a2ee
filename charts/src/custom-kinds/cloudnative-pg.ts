import type { PodSpec, ResourceRequirements, TopologySpreadConstraint } from 'kubernetes-types/core/v1.d.ts'

/**
 * What we write of CloudNativePG's kinds. No registry serves its definitions, so this subset, written after the API reference of
 * version 1.30, is also what the schema check holds them against.
 */
export interface Cluster {
  apiVersion: 'postgresql.cnpg.io/v1'
  kind: 'Cluster'
  spec: {
    description: string
    imageName: string
    imagePullPolicy: 'Always'
    instances: number
    enableSuperuserAccess: false
    enablePDB: boolean
    primaryUpdateStrategy: 'unsupervised'
    primaryUpdateMethod: 'switchover' | 'restart'
    bootstrap: { initdb: { database: string; owner: string; secret: { name: string }; dataChecksums: true } }
    certificates: { serverAltDNSNames: string[] }
    postgresql: {
      parameters: Record<string, string>
      synchronous?: { method: 'any'; number: number; dataDurability: 'required' | 'preferred' }
    }
    storage: { size: string; storageClass?: string; resizeInUseVolumes: true }
    resources: ResourceRequirements
    affinity: { enablePodAntiAffinity: true; podAntiAffinityType: 'preferred' | 'required'; topologyKey: string }
    topologySpreadConstraints: TopologySpreadConstraint[]
    inheritedMetadata: { labels: Record<string, string> }
    plugins?: ClusterPlugin[]
  }
}

export interface Pooler {
  apiVersion: 'postgresql.cnpg.io/v1'
  kind: 'Pooler'
  spec: {
    cluster: { name: string }
    instances: number
    type: 'rw' | 'ro'
    pgbouncer: { poolMode: 'transaction'; parameters: Record<string, string> }
    template: { metadata: { labels: Record<string, string> }; spec: PodSpec }
  }
}

export interface ClusterPlugin {
  name: string
  enabled: boolean
  isWALArchiver: boolean
  parameters: Record<string, string>
}

export interface ScheduledBackup {
  apiVersion: 'postgresql.cnpg.io/v1'
  kind: 'ScheduledBackup'
  spec: {
    cluster: { name: string }
    method: 'plugin'
    pluginConfiguration: { name: string }
    schedule: string
    backupOwnerReference: 'cluster'
  }
}

interface SecretKeyReference {
  name: string
  key: string
}

/** Of the plugin barman-cloud, whose definition the schema check has. */
export interface ObjectStore {
  apiVersion: 'barmancloud.cnpg.io/v1'
  kind: 'ObjectStore'
  spec: {
    retentionPolicy: string
    configuration: {
      destinationPath: string
      endpointURL?: string
      s3Credentials: { accessKeyId: SecretKeyReference; secretAccessKey: SecretKeyReference }
      wal: { compression: 'gzip' }
      data: { compression: 'gzip' }
    }
    instanceSidecarConfiguration: { env: { name: string; value: string }[]; resources: ResourceRequirements }
  }
}
