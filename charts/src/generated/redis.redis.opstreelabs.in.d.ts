import { k8s } from 'cdk8s-plus-28';
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
/**
 *
 *
 * @schema RedisCluster
 */
export declare class RedisCluster extends ApiObject {
    /**
     * Returns the apiVersion and kind for "RedisCluster"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "RedisCluster".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: RedisClusterProps): any;
    /**
     * Defines a "RedisCluster" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: RedisClusterProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * @schema RedisCluster
 */
export interface RedisClusterProps {
    /**
     * @schema RedisCluster#metadata
     */
    readonly metadata?: ApiObjectMetadata;
    /**
     * @schema RedisCluster#spec
     */
    readonly spec: RedisClusterSpec;
}
/**
 * Converts an object of type 'RedisClusterProps' to JSON representation.
 */
export declare function toJson_RedisClusterProps(obj: RedisClusterProps | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpec
 */
export interface RedisClusterSpec {
    /**
     * @schema RedisClusterSpec#TLS
     */
    readonly tls?: RedisClusterSpecTls;
    /**
     * @schema RedisClusterSpec#acl
     */
    readonly acl?: RedisClusterSpecAcl;
    /**
     * @schema RedisClusterSpec#clusterSize
     */
    readonly clusterSize: number;
    /**
     * @schema RedisClusterSpec#clusterVersion
     */
    readonly clusterVersion?: string;
    /**
     * @schema RedisClusterSpec#initContainer
     */
    readonly initContainer?: RedisClusterSpecInitContainer;
    /**
     * @schema RedisClusterSpec#kubernetesConfig
     */
    readonly kubernetesConfig: RedisClusterSpecKubernetesConfig;
    /**
     * @schema RedisClusterSpec#persistenceEnabled
     */
    readonly persistenceEnabled?: boolean;
    /**
     * @schema RedisClusterSpec#podSecurityContext
     */
    readonly podSecurityContext?: k8s.PodSecurityContext;
    /**
     * @schema RedisClusterSpec#port
     */
    readonly port?: number;
    /**
     * @schema RedisClusterSpec#priorityClassName
     */
    readonly priorityClassName?: string;
    /**
     * @schema RedisClusterSpec#redisConfig
     */
    readonly redisConfig?: RedisClusterSpecRedisConfig;
    /**
     * @schema RedisClusterSpec#redisExporter
     */
    readonly redisExporter?: RedisClusterSpecRedisExporter;
    /**
     * @schema RedisClusterSpec#redisFollower
     */
    readonly redisFollower?: RedisClusterSpecRedisFollower;
    /**
     * @schema RedisClusterSpec#redisLeader
     */
    readonly redisLeader?: RedisClusterSpecRedisLeader;
    /**
     * @schema RedisClusterSpec#serviceAccountName
     */
    readonly serviceAccountName?: string;
    /**
     * @schema RedisClusterSpec#storage
     */
    readonly storage?: RedisClusterSpecStorage;
}
/**
 * Converts an object of type 'RedisClusterSpec' to JSON representation.
 */
export declare function toJson_RedisClusterSpec(obj: RedisClusterSpec | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecTls
 */
export interface RedisClusterSpecTls {
    /**
     * @schema RedisClusterSpecTls#ca
     */
    readonly ca?: string;
    /**
     * @schema RedisClusterSpecTls#cert
     */
    readonly cert?: string;
    /**
     * @schema RedisClusterSpecTls#key
     */
    readonly key?: string;
    /**
     * @schema RedisClusterSpecTls#secret
     */
    readonly secret: k8s.SecretVolumeSource;
}
/**
 * Converts an object of type 'RedisClusterSpecTls' to JSON representation.
 */
export declare function toJson_RedisClusterSpecTls(obj: RedisClusterSpecTls | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecAcl
 */
export interface RedisClusterSpecAcl {
    /**
     * @schema RedisClusterSpecAcl#secret
     */
    readonly secret: k8s.SecretVolumeSource;
}
/**
 * Converts an object of type 'RedisClusterSpecAcl' to JSON representation.
 */
export declare function toJson_RedisClusterSpecAcl(obj: RedisClusterSpecAcl | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecInitContainer
 */
export interface RedisClusterSpecInitContainer {
    /**
     * @schema RedisClusterSpecInitContainer#enabled
     */
    readonly enabled?: boolean;
    /**
     * @schema RedisClusterSpecInitContainer#image
     */
    readonly image: string;
    /**
     * @schema RedisClusterSpecInitContainer#securityContext
     */
    readonly securityContext?: k8s.SecurityContext;
}
/**
 * Converts an object of type 'RedisClusterSpecInitContainer' to JSON representation.
 */
export declare function toJson_RedisClusterSpecInitContainer(obj: RedisClusterSpecInitContainer | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecKubernetesConfig
 */
export interface RedisClusterSpecKubernetesConfig {
    /**
     * @schema RedisClusterSpecKubernetesConfig#image
     */
    readonly image: string;
    /**
     * @schema RedisClusterSpecKubernetesConfig#imagePullPolicy
     */
    readonly imagePullPolicy?: RedisClusterSpecKubernetesConfigImagePullPolicy;
    /**
     * @schema RedisClusterSpecKubernetesConfig#imagePullSecrets
     */
    readonly imagePullSecrets?: RedisClusterSpecKubernetesConfigImagePullSecrets[];
    /**
     * @schema RedisClusterSpecKubernetesConfig#minReadySeconds
     */
    readonly minReadySeconds?: number;
    /**
     * @schema RedisClusterSpecKubernetesConfig#redisSecret
     */
    readonly redisSecret?: RedisClusterSpecKubernetesConfigRedisSecret;
    /**
     * @schema RedisClusterSpecKubernetesConfig#resources
     */
    readonly resources?: k8s.ResourceRequirements;
    /**
     * @schema RedisClusterSpecKubernetesConfig#updateStrategy
     */
    readonly updateStrategy?: RedisClusterSpecKubernetesConfigUpdateStrategy;
}
/**
 * Converts an object of type 'RedisClusterSpecKubernetesConfig' to JSON representation.
 */
export declare function toJson_RedisClusterSpecKubernetesConfig(obj: RedisClusterSpecKubernetesConfig | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisConfig
 */
export interface RedisClusterSpecRedisConfig {
    /**
     * @schema RedisClusterSpecRedisConfig#maxMemoryPercentOfLimit
     */
    readonly maxMemoryPercentOfLimit?: number;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisConfig' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisConfig(obj: RedisClusterSpecRedisConfig | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisExporter
 */
export interface RedisClusterSpecRedisExporter {
    /**
     * @schema RedisClusterSpecRedisExporter#enabled
     */
    readonly enabled?: boolean;
    /**
     * @schema RedisClusterSpecRedisExporter#image
     */
    readonly image: string;
    /**
     * @schema RedisClusterSpecRedisExporter#imagePullPolicy
     */
    readonly imagePullPolicy?: RedisClusterSpecRedisExporterImagePullPolicy;
    /**
     * @schema RedisClusterSpecRedisExporter#port
     */
    readonly port?: number;
    /**
     * @schema RedisClusterSpecRedisExporter#resources
     */
    readonly resources?: k8s.ResourceRequirements;
    /**
     * @schema RedisClusterSpecRedisExporter#securityContext
     */
    readonly securityContext?: k8s.SecurityContext;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisExporter' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisExporter(obj: RedisClusterSpecRedisExporter | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisFollower
 */
export interface RedisClusterSpecRedisFollower {
    /**
     * @schema RedisClusterSpecRedisFollower#affinity
     */
    readonly affinity?: k8s.Affinity;
    /**
     * @schema RedisClusterSpecRedisFollower#livenessProbe
     */
    readonly livenessProbe?: k8s.Probe;
    /**
     * @schema RedisClusterSpecRedisFollower#nodeSelector
     */
    readonly nodeSelector?: {
        [key: string]: string;
    };
    /**
     * @schema RedisClusterSpecRedisFollower#pdb
     */
    readonly pdb?: RedisClusterSpecRedisFollowerPdb;
    /**
     * @schema RedisClusterSpecRedisFollower#readinessProbe
     */
    readonly readinessProbe?: k8s.Probe;
    /**
     * @schema RedisClusterSpecRedisFollower#redisConfig
     */
    readonly redisConfig?: RedisClusterSpecRedisFollowerRedisConfig;
    /**
     * @schema RedisClusterSpecRedisFollower#replicas
     */
    readonly replicas: number;
    /**
     * @schema RedisClusterSpecRedisFollower#resources
     */
    readonly resources?: k8s.ResourceRequirements;
    /**
     * @schema RedisClusterSpecRedisFollower#securityContext
     */
    readonly securityContext?: k8s.SecurityContext;
    /**
     * @schema RedisClusterSpecRedisFollower#terminationGracePeriodSeconds
     */
    readonly terminationGracePeriodSeconds?: number;
    /**
     * @schema RedisClusterSpecRedisFollower#tolerations
     */
    readonly tolerations?: k8s.Toleration[];
    /**
     * @schema RedisClusterSpecRedisFollower#topologySpreadConstraints
     */
    readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
}
/**
 * Converts an object of type 'RedisClusterSpecRedisFollower' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisFollower(obj: RedisClusterSpecRedisFollower | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisLeader
 */
export interface RedisClusterSpecRedisLeader {
    /**
     * @schema RedisClusterSpecRedisLeader#affinity
     */
    readonly affinity?: k8s.Affinity;
    /**
     * @schema RedisClusterSpecRedisLeader#livenessProbe
     */
    readonly livenessProbe?: k8s.Probe;
    /**
     * @schema RedisClusterSpecRedisLeader#nodeSelector
     */
    readonly nodeSelector?: {
        [key: string]: string;
    };
    /**
     * @schema RedisClusterSpecRedisLeader#pdb
     */
    readonly pdb?: RedisClusterSpecRedisLeaderPdb;
    /**
     * @schema RedisClusterSpecRedisLeader#readinessProbe
     */
    readonly readinessProbe?: k8s.Probe;
    /**
     * @schema RedisClusterSpecRedisLeader#redisConfig
     */
    readonly redisConfig?: RedisClusterSpecRedisLeaderRedisConfig;
    /**
     * @schema RedisClusterSpecRedisLeader#replicas
     */
    readonly replicas: number;
    /**
     * @schema RedisClusterSpecRedisLeader#resources
     */
    readonly resources?: k8s.ResourceRequirements;
    /**
     * @schema RedisClusterSpecRedisLeader#securityContext
     */
    readonly securityContext?: k8s.SecurityContext;
    /**
     * @schema RedisClusterSpecRedisLeader#terminationGracePeriodSeconds
     */
    readonly terminationGracePeriodSeconds?: number;
    /**
     * @schema RedisClusterSpecRedisLeader#tolerations
     */
    readonly tolerations?: k8s.Toleration[];
    /**
     * @schema RedisClusterSpecRedisLeader#topologySpreadConstraints
     */
    readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
}
/**
 * Converts an object of type 'RedisClusterSpecRedisLeader' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisLeader(obj: RedisClusterSpecRedisLeader | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecStorage
 */
export interface RedisClusterSpecStorage {
    /**
     * @schema RedisClusterSpecStorage#keepAfterDelete
     */
    readonly keepAfterDelete?: boolean;
    /**
     * @schema RedisClusterSpecStorage#nodeConfVolume
     */
    readonly nodeConfVolume?: boolean;
    /**
     * @schema RedisClusterSpecStorage#nodeConfVolumeClaimTemplate
     */
    readonly nodeConfVolumeClaimTemplate?: RedisClusterSpecStorageNodeConfVolumeClaimTemplate;
    /**
     * @schema RedisClusterSpecStorage#volumeClaimTemplate
     */
    readonly volumeClaimTemplate?: RedisClusterSpecStorageVolumeClaimTemplate;
}
/**
 * Converts an object of type 'RedisClusterSpecStorage' to JSON representation.
 */
export declare function toJson_RedisClusterSpecStorage(obj: RedisClusterSpecStorage | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecKubernetesConfigImagePullPolicy
 */
export declare enum RedisClusterSpecKubernetesConfigImagePullPolicy {
    /** Always */
    ALWAYS = "Always",
    /** IfNotPresent */
    IF_NOT_PRESENT = "IfNotPresent",
    /** Never */
    NEVER = "Never"
}
/**
 * @schema RedisClusterSpecKubernetesConfigImagePullSecrets
 */
export interface RedisClusterSpecKubernetesConfigImagePullSecrets {
    /**
     * @schema RedisClusterSpecKubernetesConfigImagePullSecrets#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'RedisClusterSpecKubernetesConfigImagePullSecrets' to JSON representation.
 */
export declare function toJson_RedisClusterSpecKubernetesConfigImagePullSecrets(obj: RedisClusterSpecKubernetesConfigImagePullSecrets | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecKubernetesConfigRedisSecret
 */
export interface RedisClusterSpecKubernetesConfigRedisSecret {
    /**
     * @schema RedisClusterSpecKubernetesConfigRedisSecret#key
     */
    readonly key: string;
    /**
     * @schema RedisClusterSpecKubernetesConfigRedisSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'RedisClusterSpecKubernetesConfigRedisSecret' to JSON representation.
 */
export declare function toJson_RedisClusterSpecKubernetesConfigRedisSecret(obj: RedisClusterSpecKubernetesConfigRedisSecret | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecKubernetesConfigUpdateStrategy
 */
export interface RedisClusterSpecKubernetesConfigUpdateStrategy {
    /**
     * @schema RedisClusterSpecKubernetesConfigUpdateStrategy#type
     */
    readonly type?: RedisClusterSpecKubernetesConfigUpdateStrategyType;
}
/**
 * Converts an object of type 'RedisClusterSpecKubernetesConfigUpdateStrategy' to JSON representation.
 */
export declare function toJson_RedisClusterSpecKubernetesConfigUpdateStrategy(obj: RedisClusterSpecKubernetesConfigUpdateStrategy | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisExporterImagePullPolicy
 */
export declare enum RedisClusterSpecRedisExporterImagePullPolicy {
    /** Always */
    ALWAYS = "Always",
    /** IfNotPresent */
    IF_NOT_PRESENT = "IfNotPresent",
    /** Never */
    NEVER = "Never"
}
/**
 * @schema RedisClusterSpecRedisFollowerPdb
 */
export interface RedisClusterSpecRedisFollowerPdb {
    /**
     * @schema RedisClusterSpecRedisFollowerPdb#enabled
     */
    readonly enabled?: boolean;
    /**
     * @schema RedisClusterSpecRedisFollowerPdb#maxUnavailable
     */
    readonly maxUnavailable?: number;
    /**
     * @schema RedisClusterSpecRedisFollowerPdb#minAvailable
     */
    readonly minAvailable?: number;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisFollowerPdb' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisFollowerPdb(obj: RedisClusterSpecRedisFollowerPdb | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisFollowerRedisConfig
 */
export interface RedisClusterSpecRedisFollowerRedisConfig {
    /**
     * @schema RedisClusterSpecRedisFollowerRedisConfig#additionalRedisConfig
     */
    readonly additionalRedisConfig?: string;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisFollowerRedisConfig' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisFollowerRedisConfig(obj: RedisClusterSpecRedisFollowerRedisConfig | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisLeaderPdb
 */
export interface RedisClusterSpecRedisLeaderPdb {
    /**
     * @schema RedisClusterSpecRedisLeaderPdb#enabled
     */
    readonly enabled?: boolean;
    /**
     * @schema RedisClusterSpecRedisLeaderPdb#maxUnavailable
     */
    readonly maxUnavailable?: number;
    /**
     * @schema RedisClusterSpecRedisLeaderPdb#minAvailable
     */
    readonly minAvailable?: number;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisLeaderPdb' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisLeaderPdb(obj: RedisClusterSpecRedisLeaderPdb | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecRedisLeaderRedisConfig
 */
export interface RedisClusterSpecRedisLeaderRedisConfig {
    /**
     * @schema RedisClusterSpecRedisLeaderRedisConfig#additionalRedisConfig
     */
    readonly additionalRedisConfig?: string;
}
/**
 * Converts an object of type 'RedisClusterSpecRedisLeaderRedisConfig' to JSON representation.
 */
export declare function toJson_RedisClusterSpecRedisLeaderRedisConfig(obj: RedisClusterSpecRedisLeaderRedisConfig | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecStorageNodeConfVolumeClaimTemplate
 */
export interface RedisClusterSpecStorageNodeConfVolumeClaimTemplate {
    /**
     * @schema RedisClusterSpecStorageNodeConfVolumeClaimTemplate#spec
     */
    readonly spec: k8s.PersistentVolumeClaimSpec;
}
/**
 * Converts an object of type 'RedisClusterSpecStorageNodeConfVolumeClaimTemplate' to JSON representation.
 */
export declare function toJson_RedisClusterSpecStorageNodeConfVolumeClaimTemplate(obj: RedisClusterSpecStorageNodeConfVolumeClaimTemplate | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecStorageVolumeClaimTemplate
 */
export interface RedisClusterSpecStorageVolumeClaimTemplate {
    /**
     * @schema RedisClusterSpecStorageVolumeClaimTemplate#spec
     */
    readonly spec: k8s.PersistentVolumeClaimSpec;
}
/**
 * Converts an object of type 'RedisClusterSpecStorageVolumeClaimTemplate' to JSON representation.
 */
export declare function toJson_RedisClusterSpecStorageVolumeClaimTemplate(obj: RedisClusterSpecStorageVolumeClaimTemplate | undefined): Record<string, any> | undefined;
/**
 * @schema RedisClusterSpecKubernetesConfigUpdateStrategyType
 */
export declare enum RedisClusterSpecKubernetesConfigUpdateStrategyType {
    /** OnDelete */
    ON_DELETE = "OnDelete",
    /** RollingUpdate */
    ROLLING_UPDATE = "RollingUpdate"
}
