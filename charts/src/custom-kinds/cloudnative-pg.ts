import type { k8s } from 'cdk8s-plus-28'
import { customKind } from './custom-kind.ts'

/**
 * What we write of CloudNativePG's kinds. No registry serves its definitions, so this subset, written after the API reference of
 * version 1.30, is also what the schema check holds them against.
 */
export interface ClusterSpec {
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
  resources: k8s.ResourceRequirements
  affinity: { enablePodAntiAffinity: true; podAntiAffinityType: 'preferred' | 'required'; topologyKey: string }
  topologySpreadConstraints: k8s.TopologySpreadConstraint[]
  inheritedMetadata: { labels: Record<string, string> }
  plugins?: ClusterPlugin[]
}

export class Cluster extends customKind<ClusterSpec>({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster' }) {}

export interface PoolerSpec {
  cluster: { name: string }
  instances: number
  type: 'rw' | 'ro'
  pgbouncer: { poolMode: 'transaction'; parameters: Record<string, string> }
  template: { metadata: { labels: Record<string, string> }; spec: k8s.PodSpec }
}

export class Pooler extends customKind<PoolerSpec>({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Pooler' }) {}

export interface ClusterPlugin {
  name: string
  enabled: boolean
  isWALArchiver: boolean
  parameters: Record<string, string>
}

export interface ScheduledBackupSpec {
  cluster: { name: string }
  method: 'plugin'
  pluginConfiguration: { name: string }
  schedule: string
  backupOwnerReference: 'cluster'
}

export class ScheduledBackup extends customKind<ScheduledBackupSpec>({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'ScheduledBackup',
}) {}

interface SecretKeyReference {
  name: string
  key: string
}

/** Of the plugin barman-cloud, whose definition the schema check has. */
export interface ObjectStoreSpec {
  retentionPolicy: string
  configuration: {
    destinationPath: string
    endpointURL?: string
    s3Credentials: { accessKeyId: SecretKeyReference; secretAccessKey: SecretKeyReference }
    wal: { compression: 'gzip' }
    data: { compression: 'gzip' }
  }
  instanceSidecarConfiguration: { env: { name: string; value: string }[]; resources: k8s.ResourceRequirements }
}

export class ObjectStore extends customKind<ObjectStoreSpec>({
  apiVersion: 'barmancloud.cnpg.io/v1',
  kind: 'ObjectStore',
}) {}
