import { k8s } from 'cdk8s-plus-28';
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
/**
 * Cluster defines the API schema for a highly available PostgreSQL database cluster
managed by CloudNativePG.
 *
 * @schema Cluster
 */
export declare class Cluster extends ApiObject {
    /**
     * Returns the apiVersion and kind for "Cluster"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "Cluster".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: ClusterProps): any;
    /**
     * Defines a "Cluster" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: ClusterProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * Cluster defines the API schema for a highly available PostgreSQL database cluster
 * managed by CloudNativePG.
 *
 * @schema Cluster
 */
export interface ClusterProps {
    /**
     * @schema Cluster#metadata
     */
    readonly metadata: ApiObjectMetadata;
    /**
     * Specification of the desired behavior of the cluster.
     * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
     *
     * @schema Cluster#spec
     */
    readonly spec: ClusterSpec;
}
/**
 * Converts an object of type 'ClusterProps' to JSON representation.
 */
export declare function toJson_ClusterProps(obj: ClusterProps | undefined): Record<string, any> | undefined;
/**
 * Specification of the desired behavior of the cluster.
 * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
 *
 * @schema ClusterSpec
 */
export interface ClusterSpec {
    /**
     * Affinity/Anti-affinity rules for Pods
     *
     * @schema ClusterSpec#affinity
     */
    readonly affinity?: ClusterSpecAffinity;
    /**
     * Instructions to bootstrap this cluster
     *
     * @schema ClusterSpec#bootstrap
     */
    readonly bootstrap?: ClusterSpecBootstrap;
    /**
     * The configuration for the CA and related certificates
     *
     * @schema ClusterSpec#certificates
     */
    readonly certificates?: ClusterSpecCertificates;
    /**
     * Description of this PostgreSQL cluster
     *
     * @schema ClusterSpec#description
     */
    readonly description?: string;
    /**
     * Manage the `PodDisruptionBudget` resources within the cluster. When
     * configured as `true` (default setting), the pod disruption budgets
     * will safeguard the primary node from being terminated. Conversely,
     * setting it to `false` will result in the absence of any
     * `PodDisruptionBudget` resource, permitting the shutdown of all nodes
     * hosting the PostgreSQL cluster. This latter configuration is
     * advisable for any PostgreSQL cluster employed for
     * development/staging purposes.
     *
     * @schema ClusterSpec#enablePDB
     */
    readonly enablePdb?: boolean;
    /**
     * When this option is enabled, the operator will use the `SuperuserSecret`
     * to update the `postgres` user password (if the secret is
     * not present, the operator will automatically create one). When this
     * option is disabled, the operator will ignore the `SuperuserSecret` content, delete
     * it when automatically created, and then blank the password of the `postgres`
     * user by setting it to `NULL`. Disabled by default.
     *
     * @schema ClusterSpec#enableSuperuserAccess
     */
    readonly enableSuperuserAccess?: boolean;
    /**
     * @schema ClusterSpec#env
     */
    readonly env?: k8s.EnvVar[];
    /**
     * @schema ClusterSpec#envFrom
     */
    readonly envFrom?: k8s.EnvFromSource[];
    /**
     * @schema ClusterSpec#ephemeralVolumeSource
     */
    readonly ephemeralVolumeSource?: k8s.EphemeralVolumeSource;
    /**
     * EphemeralVolumesSizeLimit allows the user to set the limits for the ephemeral
     * volumes
     *
     * @schema ClusterSpec#ephemeralVolumesSizeLimit
     */
    readonly ephemeralVolumesSizeLimit?: ClusterSpecEphemeralVolumesSizeLimit;
    /**
     * The list of external clusters which are used in the configuration
     *
     * @schema ClusterSpec#externalClusters
     */
    readonly externalClusters?: ClusterSpecExternalClusters[];
    /**
     * The amount of time (in seconds) to wait before triggering a failover
     * after the primary PostgreSQL instance in the cluster was detected
     * to be unhealthy
     *
     * @schema ClusterSpec#failoverDelay
     */
    readonly failoverDelay?: number;
    /**
     * Defines the major PostgreSQL version we want to use within an ImageCatalog
     *
     * @schema ClusterSpec#imageCatalogRef
     */
    readonly imageCatalogRef?: ClusterSpecImageCatalogRef;
    /**
     * Name of the container image, supporting both tags (`<image>:<tag>`)
     * and digests for deterministic and repeatable deployments
     * (`<image>:<tag>@sha256:<digestValue>`)
     *
     * @schema ClusterSpec#imageName
     */
    readonly imageName?: string;
    /**
     * Image pull policy.
     * One of `Always`, `Never` or `IfNotPresent`.
     * If not defined, it defaults to `IfNotPresent`.
     * Cannot be updated.
     * More info: https://kubernetes.io/docs/concepts/containers/images#updating-images
     *
     * @schema ClusterSpec#imagePullPolicy
     */
    readonly imagePullPolicy?: string;
    /**
     * The list of pull secrets to be used to pull the images
     *
     * @schema ClusterSpec#imagePullSecrets
     */
    readonly imagePullSecrets?: ClusterSpecImagePullSecrets[];
    /**
     * Metadata that will be inherited by all objects related to the Cluster
     *
     * @schema ClusterSpec#inheritedMetadata
     */
    readonly inheritedMetadata?: ClusterSpecInheritedMetadata;
    /**
     * Number of instances required in the cluster
     *
     * @schema ClusterSpec#instances
     */
    readonly instances: number;
    /**
     * LivenessProbeTimeout is the time (in seconds) that is allowed for a PostgreSQL instance
     * to successfully respond to the liveness probe (default 30).
     * The Liveness probe failure threshold is derived from this value using the formula:
     * ceiling(livenessProbe / 10).
     *
     * @schema ClusterSpec#livenessProbeTimeout
     */
    readonly livenessProbeTimeout?: number;
    /**
     * The instances' log level, one of the following values: error, warning, info (default), debug, trace
     *
     * @schema ClusterSpec#logLevel
     */
    readonly logLevel?: ClusterSpecLogLevel;
    /**
     * The configuration that is used by the portions of PostgreSQL that are managed by the instance manager
     *
     * @schema ClusterSpec#managed
     */
    readonly managed?: ClusterSpecManaged;
    /**
     * The target value for the synchronous replication quorum, that can be
     * decreased if the number of ready standbys is lower than this.
     * Undefined or 0 disable synchronous replication.
     *
     * @schema ClusterSpec#maxSyncReplicas
     */
    readonly maxSyncReplicas?: number;
    /**
     * Minimum number of instances required in synchronous replication with the
     * primary. Undefined or 0 allow writes to complete when no standby is
     * available.
     *
     * @schema ClusterSpec#minSyncReplicas
     */
    readonly minSyncReplicas?: number;
    /**
     * The configuration of the monitoring infrastructure of this cluster
     *
     * @schema ClusterSpec#monitoring
     */
    readonly monitoring?: ClusterSpecMonitoring;
    /**
     * Define a maintenance window for the Kubernetes nodes
     *
     * @schema ClusterSpec#nodeMaintenanceWindow
     */
    readonly nodeMaintenanceWindow?: ClusterSpecNodeMaintenanceWindow;
    /**
     * The plugins configuration, containing
     * any plugin to be loaded with the corresponding configuration
     *
     * @schema ClusterSpec#plugins
     */
    readonly plugins?: ClusterSpecPlugins[];
    /**
     * @schema ClusterSpec#podSecurityContext
     */
    readonly podSecurityContext?: k8s.PodSecurityContext;
    /**
     * PodSelectorRefs defines named pod label selectors that can be referenced
     * in pg_hba rules using the ${podselector:NAME} syntax in the address field.
     * The operator resolves matching pod IPs and the instance manager expands
     * pg_hba lines accordingly. Only pods in the Cluster's own namespace are considered.
     *
     * @schema ClusterSpec#podSelectorRefs
     */
    readonly podSelectorRefs?: ClusterSpecPodSelectorRefs[];
    /**
     * The GID of the `postgres` user inside the image, defaults to `26`
     *
     * @schema ClusterSpec#postgresGID
     */
    readonly postgresGid?: number;
    /**
     * The UID of the `postgres` user inside the image, defaults to `26`
     *
     * @schema ClusterSpec#postgresUID
     */
    readonly postgresUid?: number;
    /**
     * Configuration of the PostgreSQL server
     *
     * @schema ClusterSpec#postgresql
     */
    readonly postgresql?: ClusterSpecPostgresql;
    /**
     * Configuration of the Kubernetes `Lease` used to coordinate safe primary
     * election within the cluster. When omitted, the operator applies built-in
     * defaults; tune these values only if you understand the consequences for
     * failover timing.
     *
     * @schema ClusterSpec#primaryLease
     */
    readonly primaryLease?: ClusterSpecPrimaryLease;
    /**
     * Method to follow to upgrade the primary server during a rolling
     * update procedure, after all replicas have been successfully updated:
     * it can be with a switchover (`switchover`) or in-place (`restart` - default).
     * Note: when using `switchover`, the operator will reject updates that change both
     * the image name and PostgreSQL configuration parameters simultaneously to avoid
     * configuration mismatches during the switchover process.
     *
     * @schema ClusterSpec#primaryUpdateMethod
     */
    readonly primaryUpdateMethod?: ClusterSpecPrimaryUpdateMethod;
    /**
     * Deployment strategy to follow to upgrade the primary server during a rolling
     * update procedure, after all replicas have been successfully updated:
     * it can be automated (`unsupervised` - default) or manual (`supervised`)
     *
     * @schema ClusterSpec#primaryUpdateStrategy
     */
    readonly primaryUpdateStrategy?: ClusterSpecPrimaryUpdateStrategy;
    /**
     * Name of the priority class which will be used in every generated Pod, if the PriorityClass
     * specified does not exist, the pod will not be able to schedule.  Please refer to
     * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass
     * for more information
     *
     * @schema ClusterSpec#priorityClassName
     */
    readonly priorityClassName?: string;
    /**
     * The configuration of the probes to be injected
     * in the PostgreSQL Pods.
     *
     * @schema ClusterSpec#probes
     */
    readonly probes?: ClusterSpecProbes;
    /**
     * @schema ClusterSpec#projectedVolumeTemplate
     */
    readonly projectedVolumeTemplate?: k8s.ProjectedVolumeSource;
    /**
     * Replica cluster configuration
     *
     * @schema ClusterSpec#replica
     */
    readonly replica?: ClusterSpecReplica;
    /**
     * Replication slots management configuration
     *
     * @schema ClusterSpec#replicationSlots
     */
    readonly replicationSlots?: ClusterSpecReplicationSlots;
    /**
     * @schema ClusterSpec#resources
     */
    readonly resources?: k8s.ResourceRequirements;
    /**
     * If specified, the pod will be dispatched by specified Kubernetes
     * scheduler. If not specified, the pod will be dispatched by the default
     * scheduler. More info:
     * https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
     *
     * @schema ClusterSpec#schedulerName
     */
    readonly schedulerName?: string;
    /**
     * @schema ClusterSpec#seccompProfile
     */
    readonly seccompProfile?: k8s.SeccompProfile;
    /**
     * @schema ClusterSpec#securityContext
     */
    readonly securityContext?: k8s.SecurityContext;
    /**
     * Name of an existing ServiceAccount in the same namespace to use for the cluster.
     * When specified, the operator will not create a new ServiceAccount
     * but will use the provided one. This is useful for sharing a single
     * ServiceAccount across multiple clusters (e.g., for cloud IAM configurations).
     * If not specified, a ServiceAccount will be created with the cluster name.
     * Mutually exclusive with ServiceAccountTemplate.
     *
     * @schema ClusterSpec#serviceAccountName
     */
    readonly serviceAccountName?: string;
    /**
     * Configure the generation of the service account
     *
     * @schema ClusterSpec#serviceAccountTemplate
     */
    readonly serviceAccountTemplate?: ClusterSpecServiceAccountTemplate;
    /**
     * The time in seconds that controls the window of time reserved for the smart shutdown of Postgres to complete.
     * Make sure you reserve enough time for the operator to request a fast shutdown of Postgres
     * (that is: `stopDelay` - `smartShutdownTimeout`). Default is 180 seconds.
     *
     * @default 180 seconds.
     * @schema ClusterSpec#smartShutdownTimeout
     */
    readonly smartShutdownTimeout?: number;
    /**
     * The time in seconds that is allowed for a PostgreSQL instance to
     * successfully start up (default 3600).
     * The startup probe failure threshold is derived from this value using the formula:
     * ceiling(startDelay / 10).
     *
     * @schema ClusterSpec#startDelay
     */
    readonly startDelay?: number;
    /**
     * The time in seconds that is allowed for a PostgreSQL instance to
     * gracefully shutdown (default 1800)
     *
     * @schema ClusterSpec#stopDelay
     */
    readonly stopDelay?: number;
    /**
     * Configuration of the storage of the instances
     *
     * @schema ClusterSpec#storage
     */
    readonly storage?: ClusterSpecStorage;
    /**
     * The secret containing the superuser password. If not defined a new
     * secret will be created with a randomly generated password
     *
     * @schema ClusterSpec#superuserSecret
     */
    readonly superuserSecret?: ClusterSpecSuperuserSecret;
    /**
     * The time in seconds that is allowed for a primary PostgreSQL instance
     * to gracefully shutdown during a switchover.
     * Default value is 3600 seconds (1 hour).
     *
     * @schema ClusterSpec#switchoverDelay
     */
    readonly switchoverDelay?: number;
    /**
     * @schema ClusterSpec#topologySpreadConstraints
     */
    readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
    /**
     * Configuration of the storage for PostgreSQL WAL (Write-Ahead Log)
     *
     * @schema ClusterSpec#walStorage
     */
    readonly walStorage?: ClusterSpecWalStorage;
}
/**
 * Converts an object of type 'ClusterSpec' to JSON representation.
 */
export declare function toJson_ClusterSpec(obj: ClusterSpec | undefined): Record<string, any> | undefined;
/**
 * Affinity/Anti-affinity rules for Pods
 *
 * @schema ClusterSpecAffinity
 */
export interface ClusterSpecAffinity {
    /**
     * Activates anti-affinity for the pods. The operator will define pods
     * anti-affinity unless this field is explicitly set to false
     *
     * @schema ClusterSpecAffinity#enablePodAntiAffinity
     */
    readonly enablePodAntiAffinity?: boolean;
    /**
     * @schema ClusterSpecAffinity#nodeAffinity
     */
    readonly nodeAffinity?: k8s.NodeAffinity;
    /**
     * NodeSelector is map of key-value pairs used to define the nodes on which
     * the pods can run.
     * More info: https://kubernetes.io/docs/concepts/configuration/assign-pod-node/
     *
     * @schema ClusterSpecAffinity#nodeSelector
     */
    readonly nodeSelector?: {
        [key: string]: string;
    };
    /**
     * PodAntiAffinityType allows the user to decide whether pod anti-affinity between cluster instance has to be
     * considered a strong requirement during scheduling or not. Allowed values are: "preferred" (default if empty) or
     * "required". Setting it to "required", could lead to instances remaining pending until new kubernetes nodes are
     * added if all the existing nodes don't match the required pod anti-affinity rule.
     * More info:
     * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
     *
     * @schema ClusterSpecAffinity#podAntiAffinityType
     */
    readonly podAntiAffinityType?: string;
    /**
     * @schema ClusterSpecAffinity#tolerations
     */
    readonly tolerations?: k8s.Toleration[];
    /**
     * TopologyKey to use for anti-affinity configuration. See k8s documentation
     * for more info on that
     *
     * @schema ClusterSpecAffinity#topologyKey
     */
    readonly topologyKey?: string;
}
/**
 * Converts an object of type 'ClusterSpecAffinity' to JSON representation.
 */
export declare function toJson_ClusterSpecAffinity(obj: ClusterSpecAffinity | undefined): Record<string, any> | undefined;
/**
 * Instructions to bootstrap this cluster
 *
 * @schema ClusterSpecBootstrap
 */
export interface ClusterSpecBootstrap {
    /**
     * Bootstrap the cluster via initdb
     *
     * @schema ClusterSpecBootstrap#initdb
     */
    readonly initdb?: ClusterSpecBootstrapInitdb;
    /**
     * Bootstrap the cluster taking a physical backup of another compatible
     * PostgreSQL instance
     *
     * @schema ClusterSpecBootstrap#pg_basebackup
     */
    readonly pgBasebackup?: ClusterSpecBootstrapPgBasebackup;
    /**
     * Bootstrap the cluster from a backup
     *
     * @schema ClusterSpecBootstrap#recovery
     */
    readonly recovery?: ClusterSpecBootstrapRecovery;
}
/**
 * Converts an object of type 'ClusterSpecBootstrap' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrap(obj: ClusterSpecBootstrap | undefined): Record<string, any> | undefined;
/**
 * The configuration for the CA and related certificates
 *
 * @schema ClusterSpecCertificates
 */
export interface ClusterSpecCertificates {
    /**
     * The secret containing the Client CA certificate. If not defined, a new secret will be created
     * with a self-signed CA and will be used to generate all the client certificates.<br />
     * <br />
     * Contains:<br />
     * <br />
     * - `ca.crt`: CA that should be used to validate the client certificates,
     * used as `ssl_ca_file` of all the instances.<br />
     * - `ca.key`: key used to generate client certificates, if ReplicationTLSSecret is provided,
     * this can be omitted.<br />
     *
     * @schema ClusterSpecCertificates#clientCASecret
     */
    readonly clientCaSecret?: string;
    /**
     * The secret of type kubernetes.io/tls containing the client certificate to authenticate as
     * the `streaming_replica` user.
     * If not defined, ClientCASecret must provide also `ca.key`, and a new secret will be
     * created using the provided CA.
     *
     * @schema ClusterSpecCertificates#replicationTLSSecret
     */
    readonly replicationTlsSecret?: string;
    /**
     * The list of the server alternative DNS names to be added to the generated server TLS certificates, when required.
     *
     * @schema ClusterSpecCertificates#serverAltDNSNames
     */
    readonly serverAltDnsNames?: string[];
    /**
     * The secret containing the Server CA certificate. If not defined, a new secret will be created
     * with a self-signed CA and will be used to generate the TLS certificate ServerTLSSecret.<br />
     * <br />
     * Contains:<br />
     * <br />
     * - `ca.crt`: CA that should be used to validate the server certificate,
     * used as `sslrootcert` in client connection strings.<br />
     * - `ca.key`: key used to generate Server SSL certs, if ServerTLSSecret is provided,
     * this can be omitted.<br />
     *
     * @schema ClusterSpecCertificates#serverCASecret
     */
    readonly serverCaSecret?: string;
    /**
     * The secret of type kubernetes.io/tls containing the server TLS certificate and key that will be set as
     * `ssl_cert_file` and `ssl_key_file` so that clients can connect to postgres securely.
     * If not defined, ServerCASecret must provide also `ca.key` and a new secret will be
     * created using the provided CA.
     *
     * @schema ClusterSpecCertificates#serverTLSSecret
     */
    readonly serverTlsSecret?: string;
}
/**
 * Converts an object of type 'ClusterSpecCertificates' to JSON representation.
 */
export declare function toJson_ClusterSpecCertificates(obj: ClusterSpecCertificates | undefined): Record<string, any> | undefined;
/**
 * EphemeralVolumesSizeLimit allows the user to set the limits for the ephemeral
 * volumes
 *
 * @schema ClusterSpecEphemeralVolumesSizeLimit
 */
export interface ClusterSpecEphemeralVolumesSizeLimit {
    /**
     * Shm is the size limit of the shared memory volume
     *
     * @schema ClusterSpecEphemeralVolumesSizeLimit#shm
     */
    readonly shm?: ClusterSpecEphemeralVolumesSizeLimitShm;
    /**
     * TemporaryData is the size limit of the temporary data volume
     *
     * @schema ClusterSpecEphemeralVolumesSizeLimit#temporaryData
     */
    readonly temporaryData?: ClusterSpecEphemeralVolumesSizeLimitTemporaryData;
}
/**
 * Converts an object of type 'ClusterSpecEphemeralVolumesSizeLimit' to JSON representation.
 */
export declare function toJson_ClusterSpecEphemeralVolumesSizeLimit(obj: ClusterSpecEphemeralVolumesSizeLimit | undefined): Record<string, any> | undefined;
/**
 * ExternalCluster represents the connection parameters to an
 * external cluster which is used in the other sections of the configuration
 *
 * @schema ClusterSpecExternalClusters
 */
export interface ClusterSpecExternalClusters {
    /**
     * The list of connection parameters, such as dbname, host, username, etc
     *
     * @schema ClusterSpecExternalClusters#connectionParameters
     */
    readonly connectionParameters?: {
        [key: string]: string;
    };
    /**
     * The server name, required
     *
     * @schema ClusterSpecExternalClusters#name
     */
    readonly name: string;
    /**
     * The reference to the password to be used to connect to the server.
     * If a password is provided, CloudNativePG creates a PostgreSQL
     * passfile at `/controller/external/NAME/pass` (where "NAME" is the
     * cluster's name). This passfile is automatically referenced in the
     * connection string when establishing a connection to the remote
     * PostgreSQL server from the current PostgreSQL `Cluster`. This ensures
     * secure and efficient password management for external clusters.
     *
     * @schema ClusterSpecExternalClusters#password
     */
    readonly password?: ClusterSpecExternalClustersPassword;
    /**
     * The configuration of the plugin that is taking care
     * of WAL archiving and backups for this external cluster
     *
     * @schema ClusterSpecExternalClusters#plugin
     */
    readonly plugin?: ClusterSpecExternalClustersPlugin;
    /**
     * The reference to an SSL certificate to be used to connect to this
     * instance
     *
     * @schema ClusterSpecExternalClusters#sslCert
     */
    readonly sslCert?: ClusterSpecExternalClustersSslCert;
    /**
     * The reference to an SSL private key to be used to connect to this
     * instance
     *
     * @schema ClusterSpecExternalClusters#sslKey
     */
    readonly sslKey?: ClusterSpecExternalClustersSslKey;
    /**
     * The reference to an SSL CA public key to be used to connect to this
     * instance
     *
     * @schema ClusterSpecExternalClusters#sslRootCert
     */
    readonly sslRootCert?: ClusterSpecExternalClustersSslRootCert;
}
/**
 * Converts an object of type 'ClusterSpecExternalClusters' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClusters(obj: ClusterSpecExternalClusters | undefined): Record<string, any> | undefined;
/**
 * Defines the major PostgreSQL version we want to use within an ImageCatalog
 *
 * @schema ClusterSpecImageCatalogRef
 */
export interface ClusterSpecImageCatalogRef {
    /**
     * APIGroup is the group for the resource being referenced.
     * If APIGroup is not specified, the specified Kind must be in the core API group.
     * For any other third-party types, APIGroup is required.
     *
     * @schema ClusterSpecImageCatalogRef#apiGroup
     */
    readonly apiGroup?: string;
    /**
     * Kind is the type of resource being referenced
     *
     * @schema ClusterSpecImageCatalogRef#kind
     */
    readonly kind: string;
    /**
     * The major version of PostgreSQL we want to use from the ImageCatalog
     *
     * @schema ClusterSpecImageCatalogRef#major
     */
    readonly major: number;
    /**
     * Name is the name of resource being referenced
     *
     * @schema ClusterSpecImageCatalogRef#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecImageCatalogRef' to JSON representation.
 */
export declare function toJson_ClusterSpecImageCatalogRef(obj: ClusterSpecImageCatalogRef | undefined): Record<string, any> | undefined;
/**
 * LocalObjectReference contains enough information to let you locate a
 * local object with a known type inside the same namespace
 *
 * @schema ClusterSpecImagePullSecrets
 */
export interface ClusterSpecImagePullSecrets {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecImagePullSecrets#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecImagePullSecrets' to JSON representation.
 */
export declare function toJson_ClusterSpecImagePullSecrets(obj: ClusterSpecImagePullSecrets | undefined): Record<string, any> | undefined;
/**
 * Metadata that will be inherited by all objects related to the Cluster
 *
 * @schema ClusterSpecInheritedMetadata
 */
export interface ClusterSpecInheritedMetadata {
    /**
     * @schema ClusterSpecInheritedMetadata#annotations
     */
    readonly annotations?: {
        [key: string]: string;
    };
    /**
     * @schema ClusterSpecInheritedMetadata#labels
     */
    readonly labels?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ClusterSpecInheritedMetadata' to JSON representation.
 */
export declare function toJson_ClusterSpecInheritedMetadata(obj: ClusterSpecInheritedMetadata | undefined): Record<string, any> | undefined;
/**
 * The instances' log level, one of the following values: error, warning, info (default), debug, trace
 *
 * @schema ClusterSpecLogLevel
 */
export declare enum ClusterSpecLogLevel {
    /** error */
    ERROR = "error",
    /** warning */
    WARNING = "warning",
    /** info */
    INFO = "info",
    /** debug */
    DEBUG = "debug",
    /** trace */
    TRACE = "trace"
}
/**
 * The configuration that is used by the portions of PostgreSQL that are managed by the instance manager
 *
 * @schema ClusterSpecManaged
 */
export interface ClusterSpecManaged {
    /**
     * Database roles managed by the `Cluster`
     *
     * @schema ClusterSpecManaged#roles
     */
    readonly roles?: ClusterSpecManagedRoles[];
    /**
     * Services roles managed by the `Cluster`
     *
     * @schema ClusterSpecManaged#services
     */
    readonly services?: ClusterSpecManagedServices;
}
/**
 * Converts an object of type 'ClusterSpecManaged' to JSON representation.
 */
export declare function toJson_ClusterSpecManaged(obj: ClusterSpecManaged | undefined): Record<string, any> | undefined;
/**
 * The configuration of the monitoring infrastructure of this cluster
 *
 * @schema ClusterSpecMonitoring
 */
export interface ClusterSpecMonitoring {
    /**
     * The list of config maps containing the custom queries
     *
     * @schema ClusterSpecMonitoring#customQueriesConfigMap
     */
    readonly customQueriesConfigMap?: ClusterSpecMonitoringCustomQueriesConfigMap[];
    /**
     * The list of secrets containing the custom queries
     *
     * @schema ClusterSpecMonitoring#customQueriesSecret
     */
    readonly customQueriesSecret?: ClusterSpecMonitoringCustomQueriesSecret[];
    /**
     * Whether the default queries should be injected.
     * Set it to `true` if you don't want to inject default queries into the cluster.
     * Default: false.
     *
     * @schema ClusterSpecMonitoring#disableDefaultQueries
     */
    readonly disableDefaultQueries?: boolean;
    /**
     * Enable or disable the `PodMonitor`
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema ClusterSpecMonitoring#enablePodMonitor
     */
    readonly enablePodMonitor?: boolean;
    /**
     * The interval during which metrics computed from queries are considered current.
     * Once it is exceeded, a new scrape will trigger a rerun
     * of the queries.
     * If not set, defaults to 30 seconds, in line with Prometheus scraping defaults.
     * Setting this to zero disables the caching mechanism and can cause heavy load on the PostgreSQL server.
     *
     * @schema ClusterSpecMonitoring#metricsQueriesTTL
     */
    readonly metricsQueriesTtl?: string;
    /**
     * The list of metric relabelings for the `PodMonitor`. Applied to samples before ingestion.
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema ClusterSpecMonitoring#podMonitorMetricRelabelings
     */
    readonly podMonitorMetricRelabelings?: ClusterSpecMonitoringPodMonitorMetricRelabelings[];
    /**
     * The list of relabelings for the `PodMonitor`. Applied to samples before scraping.
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema ClusterSpecMonitoring#podMonitorRelabelings
     */
    readonly podMonitorRelabelings?: ClusterSpecMonitoringPodMonitorRelabelings[];
    /**
     * Configure TLS communication for the metrics endpoint.
     * Changing tls.enabled option will force a rollout of all instances.
     *
     * @schema ClusterSpecMonitoring#tls
     */
    readonly tls?: ClusterSpecMonitoringTls;
}
/**
 * Converts an object of type 'ClusterSpecMonitoring' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoring(obj: ClusterSpecMonitoring | undefined): Record<string, any> | undefined;
/**
 * Define a maintenance window for the Kubernetes nodes
 *
 * @schema ClusterSpecNodeMaintenanceWindow
 */
export interface ClusterSpecNodeMaintenanceWindow {
    /**
     * Is there a node maintenance activity in progress?
     *
     * @schema ClusterSpecNodeMaintenanceWindow#inProgress
     */
    readonly inProgress?: boolean;
    /**
     * Reuse the existing PVC (wait for the node to come
     * up again) or not (recreate it elsewhere - when `instances` >1)
     *
     * @schema ClusterSpecNodeMaintenanceWindow#reusePVC
     */
    readonly reusePvc?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecNodeMaintenanceWindow' to JSON representation.
 */
export declare function toJson_ClusterSpecNodeMaintenanceWindow(obj: ClusterSpecNodeMaintenanceWindow | undefined): Record<string, any> | undefined;
/**
 * PluginConfiguration specifies a plugin that need to be loaded for this
 * cluster to be reconciled
 *
 * @schema ClusterSpecPlugins
 */
export interface ClusterSpecPlugins {
    /**
     * Enabled is true if this plugin will be used
     *
     * @schema ClusterSpecPlugins#enabled
     */
    readonly enabled?: boolean;
    /**
     * Marks the plugin as the WAL archiver. At most one plugin can be
     * designated as a WAL archiver. This cannot be enabled if the
     * `.spec.backup.barmanObjectStore` configuration is present.
     *
     * @schema ClusterSpecPlugins#isWALArchiver
     */
    readonly isWalArchiver?: boolean;
    /**
     * Name is the plugin name
     *
     * @schema ClusterSpecPlugins#name
     */
    readonly name: string;
    /**
     * Parameters is the configuration of the plugin
     *
     * @schema ClusterSpecPlugins#parameters
     */
    readonly parameters?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ClusterSpecPlugins' to JSON representation.
 */
export declare function toJson_ClusterSpecPlugins(obj: ClusterSpecPlugins | undefined): Record<string, any> | undefined;
/**
 * PodSelectorRef defines a named pod label selector for use in pg_hba rules.
 * Pods matching the selector in the Cluster's namespace will have their IPs
 * resolved and made available for pg_hba address expansion via the
 * `${podselector:NAME}` syntax.
 *
 * @schema ClusterSpecPodSelectorRefs
 */
export interface ClusterSpecPodSelectorRefs {
    /**
     * Name is the identifier used to reference this selector in pg_hba rules
     * via the ${podselector:NAME} syntax in the address field.
     *
     * @schema ClusterSpecPodSelectorRefs#name
     */
    readonly name: string;
    /**
     * Selector is a label selector that identifies the pods whose IPs
     * should be resolved. Only pods in the Cluster's namespace are considered.
     *
     * @schema ClusterSpecPodSelectorRefs#selector
     */
    readonly selector: ClusterSpecPodSelectorRefsSelector;
}
/**
 * Converts an object of type 'ClusterSpecPodSelectorRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecPodSelectorRefs(obj: ClusterSpecPodSelectorRefs | undefined): Record<string, any> | undefined;
/**
 * Configuration of the PostgreSQL server
 *
 * @schema ClusterSpecPostgresql
 */
export interface ClusterSpecPostgresql {
    /**
     * If this parameter is true, the user will be able to invoke `ALTER SYSTEM`
     * on this CloudNativePG Cluster.
     * This should only be used for debugging and troubleshooting.
     * Defaults to false.
     *
     * @default false.
     * @schema ClusterSpecPostgresql#enableAlterSystem
     */
    readonly enableAlterSystem?: boolean;
    /**
     * The configuration of the extensions to be added
     *
     * @schema ClusterSpecPostgresql#extensions
     */
    readonly extensions?: ClusterSpecPostgresqlExtensions[];
    /**
     * Options to specify LDAP configuration
     *
     * @schema ClusterSpecPostgresql#ldap
     */
    readonly ldap?: ClusterSpecPostgresqlLdap;
    /**
     * PostgreSQL configuration options (postgresql.conf)
     *
     * @schema ClusterSpecPostgresql#parameters
     */
    readonly parameters?: {
        [key: string]: string;
    };
    /**
     * PostgreSQL Host Based Authentication rules (lines to be appended
     * to the pg_hba.conf file).
     * Use the ${podselector:NAME} syntax to reference a pod selector;
     * the rule will be expanded for each Pod IP matching that selector.
     *
     * @schema ClusterSpecPostgresql#pg_hba
     */
    readonly pgHba?: string[];
    /**
     * PostgreSQL User Name Maps rules (lines to be appended
     * to the pg_ident.conf file)
     *
     * @schema ClusterSpecPostgresql#pg_ident
     */
    readonly pgIdent?: string[];
    /**
     * Specifies the maximum number of seconds to wait when promoting an instance to primary.
     * Default value is 40000000, greater than one year in seconds,
     * big enough to simulate an infinite timeout
     *
     * @schema ClusterSpecPostgresql#promotionTimeout
     */
    readonly promotionTimeout?: number;
    /**
     * Lists of shared preload libraries to add to the default ones
     *
     * @schema ClusterSpecPostgresql#shared_preload_libraries
     */
    readonly sharedPreloadLibraries?: string[];
    /**
     * Requirements to be met by sync replicas. This will affect how the "synchronous_standby_names" parameter will be
     * set up.
     *
     * @schema ClusterSpecPostgresql#syncReplicaElectionConstraint
     */
    readonly syncReplicaElectionConstraint?: ClusterSpecPostgresqlSyncReplicaElectionConstraint;
    /**
     * Configuration of the PostgreSQL synchronous replication feature
     *
     * @schema ClusterSpecPostgresql#synchronous
     */
    readonly synchronous?: ClusterSpecPostgresqlSynchronous;
}
/**
 * Converts an object of type 'ClusterSpecPostgresql' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresql(obj: ClusterSpecPostgresql | undefined): Record<string, any> | undefined;
/**
 * Configuration of the Kubernetes `Lease` used to coordinate safe primary
 * election within the cluster. When omitted, the operator applies built-in
 * defaults; tune these values only if you understand the consequences for
 * failover timing.
 *
 * @schema ClusterSpecPrimaryLease
 */
export interface ClusterSpecPrimaryLease {
    /**
     * How long, in seconds, the primary lease is considered valid before it
     * expires and another instance may acquire it. It must be greater than
     * `renewDeadlineSeconds`.
     * Defaults to 15.
     *
     * @default 15.
     * @schema ClusterSpecPrimaryLease#leaseDurationSeconds
     */
    readonly leaseDurationSeconds?: number;
    /**
     * The TTL, in seconds, written when the primary explicitly releases the
     * lease on a clean shutdown, allowing a replica to promote without waiting
     * for the full lease duration to expire.
     * Defaults to 1.
     *
     * @default 1.
     * @schema ClusterSpecPrimaryLease#releasedLeaseDurationSeconds
     */
    readonly releasedLeaseDurationSeconds?: number;
    /**
     * How long, in seconds, the current primary keeps retrying to renew the
     * lease before giving up and stopping. It must be smaller than
     * `leaseDurationSeconds`.
     * Defaults to 10.
     *
     * @default 10.
     * @schema ClusterSpecPrimaryLease#renewDeadlineSeconds
     */
    readonly renewDeadlineSeconds?: number;
    /**
     * How frequently, in seconds, a non-holder instance retries acquiring or
     * renewing the lease.
     * Defaults to 2.
     *
     * @default 2.
     * @schema ClusterSpecPrimaryLease#retryPeriodSeconds
     */
    readonly retryPeriodSeconds?: number;
}
/**
 * Converts an object of type 'ClusterSpecPrimaryLease' to JSON representation.
 */
export declare function toJson_ClusterSpecPrimaryLease(obj: ClusterSpecPrimaryLease | undefined): Record<string, any> | undefined;
/**
 * Method to follow to upgrade the primary server during a rolling
 * update procedure, after all replicas have been successfully updated:
 * it can be with a switchover (`switchover`) or in-place (`restart` - default).
 * Note: when using `switchover`, the operator will reject updates that change both
 * the image name and PostgreSQL configuration parameters simultaneously to avoid
 * configuration mismatches during the switchover process.
 *
 * @schema ClusterSpecPrimaryUpdateMethod
 */
export declare enum ClusterSpecPrimaryUpdateMethod {
    /** switchover */
    SWITCHOVER = "switchover",
    /** restart */
    RESTART = "restart"
}
/**
 * Deployment strategy to follow to upgrade the primary server during a rolling
 * update procedure, after all replicas have been successfully updated:
 * it can be automated (`unsupervised` - default) or manual (`supervised`)
 *
 * @schema ClusterSpecPrimaryUpdateStrategy
 */
export declare enum ClusterSpecPrimaryUpdateStrategy {
    /** unsupervised */
    UNSUPERVISED = "unsupervised",
    /** supervised */
    SUPERVISED = "supervised"
}
/**
 * The configuration of the probes to be injected
 * in the PostgreSQL Pods.
 *
 * @schema ClusterSpecProbes
 */
export interface ClusterSpecProbes {
    /**
     * The liveness probe configuration
     *
     * @schema ClusterSpecProbes#liveness
     */
    readonly liveness?: ClusterSpecProbesLiveness;
    /**
     * The readiness probe configuration
     *
     * @schema ClusterSpecProbes#readiness
     */
    readonly readiness?: ClusterSpecProbesReadiness;
    /**
     * The startup probe configuration
     *
     * @schema ClusterSpecProbes#startup
     */
    readonly startup?: ClusterSpecProbesStartup;
}
/**
 * Converts an object of type 'ClusterSpecProbes' to JSON representation.
 */
export declare function toJson_ClusterSpecProbes(obj: ClusterSpecProbes | undefined): Record<string, any> | undefined;
/**
 * Replica cluster configuration
 *
 * @schema ClusterSpecReplica
 */
export interface ClusterSpecReplica {
    /**
     * If replica mode is enabled, this cluster will be a replica of an
     * existing cluster. Replica cluster can be created from a recovery
     * object store or via streaming through pg_basebackup.
     * Refer to the Replica clusters page of the documentation for more information.
     *
     * @schema ClusterSpecReplica#enabled
     */
    readonly enabled?: boolean;
    /**
     * When replica mode is enabled, this parameter allows you to replay
     * transactions only when the system time is at least the configured
     * time past the commit time. This provides an opportunity to correct
     * data loss errors. Note that when this parameter is set, a promotion
     * token cannot be used.
     *
     * @schema ClusterSpecReplica#minApplyDelay
     */
    readonly minApplyDelay?: string;
    /**
     * Primary defines which Cluster is defined to be the primary in the distributed PostgreSQL cluster, based on the
     * topology specified in externalClusters
     *
     * @schema ClusterSpecReplica#primary
     */
    readonly primary?: string;
    /**
     * A demotion token generated by an external cluster used to
     * check if the promotion requirements are met.
     *
     * @schema ClusterSpecReplica#promotionToken
     */
    readonly promotionToken?: string;
    /**
     * Self defines the name of this cluster. It is used to determine if this is a primary
     * or a replica cluster, comparing it with `primary`
     *
     * @schema ClusterSpecReplica#self
     */
    readonly self?: string;
    /**
     * The name of the external cluster which is the replication origin
     *
     * @schema ClusterSpecReplica#source
     */
    readonly source: string;
}
/**
 * Converts an object of type 'ClusterSpecReplica' to JSON representation.
 */
export declare function toJson_ClusterSpecReplica(obj: ClusterSpecReplica | undefined): Record<string, any> | undefined;
/**
 * Replication slots management configuration
 *
 * @schema ClusterSpecReplicationSlots
 */
export interface ClusterSpecReplicationSlots {
    /**
     * Replication slots for high availability configuration
     *
     * @schema ClusterSpecReplicationSlots#highAvailability
     */
    readonly highAvailability?: ClusterSpecReplicationSlotsHighAvailability;
    /**
     * Configures the synchronization of the user defined physical replication slots
     *
     * @schema ClusterSpecReplicationSlots#synchronizeReplicas
     */
    readonly synchronizeReplicas?: ClusterSpecReplicationSlotsSynchronizeReplicas;
    /**
     * Standby will update the status of the local replication slots
     * every `updateInterval` seconds (default 30).
     *
     * @schema ClusterSpecReplicationSlots#updateInterval
     */
    readonly updateInterval?: number;
}
/**
 * Converts an object of type 'ClusterSpecReplicationSlots' to JSON representation.
 */
export declare function toJson_ClusterSpecReplicationSlots(obj: ClusterSpecReplicationSlots | undefined): Record<string, any> | undefined;
/**
 * Configure the generation of the service account
 *
 * @schema ClusterSpecServiceAccountTemplate
 */
export interface ClusterSpecServiceAccountTemplate {
    /**
     * Metadata are the metadata to be used for the generated
     * service account
     *
     * @schema ClusterSpecServiceAccountTemplate#metadata
     */
    readonly metadata: ClusterSpecServiceAccountTemplateMetadata;
}
/**
 * Converts an object of type 'ClusterSpecServiceAccountTemplate' to JSON representation.
 */
export declare function toJson_ClusterSpecServiceAccountTemplate(obj: ClusterSpecServiceAccountTemplate | undefined): Record<string, any> | undefined;
/**
 * Configuration of the storage of the instances
 *
 * @schema ClusterSpecStorage
 */
export interface ClusterSpecStorage {
    /**
     * @schema ClusterSpecStorage#pvcTemplate
     */
    readonly pvcTemplate?: k8s.PersistentVolumeClaimSpec;
    /**
     * Resize existent PVCs, defaults to true
     *
     * @schema ClusterSpecStorage#resizeInUseVolumes
     */
    readonly resizeInUseVolumes?: boolean;
    /**
     * Size of the storage. Required if not already specified in the PVC template.
     * Changes to this field are automatically reapplied to the created PVCs.
     * Size cannot be decreased.
     *
     * @schema ClusterSpecStorage#size
     */
    readonly size?: string;
    /**
     * StorageClass to use for PVCs. Applied after
     * evaluating the PVC template, if available.
     * If not specified, the generated PVCs will use the
     * default storage class
     *
     * @schema ClusterSpecStorage#storageClass
     */
    readonly storageClass?: string;
}
/**
 * Converts an object of type 'ClusterSpecStorage' to JSON representation.
 */
export declare function toJson_ClusterSpecStorage(obj: ClusterSpecStorage | undefined): Record<string, any> | undefined;
/**
 * The secret containing the superuser password. If not defined a new
 * secret will be created with a randomly generated password
 *
 * @schema ClusterSpecSuperuserSecret
 */
export interface ClusterSpecSuperuserSecret {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecSuperuserSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecSuperuserSecret' to JSON representation.
 */
export declare function toJson_ClusterSpecSuperuserSecret(obj: ClusterSpecSuperuserSecret | undefined): Record<string, any> | undefined;
/**
 * Configuration of the storage for PostgreSQL WAL (Write-Ahead Log)
 *
 * @schema ClusterSpecWalStorage
 */
export interface ClusterSpecWalStorage {
    /**
     * @schema ClusterSpecWalStorage#pvcTemplate
     */
    readonly pvcTemplate?: k8s.PersistentVolumeClaimSpec;
    /**
     * Resize existent PVCs, defaults to true
     *
     * @schema ClusterSpecWalStorage#resizeInUseVolumes
     */
    readonly resizeInUseVolumes?: boolean;
    /**
     * Size of the storage. Required if not already specified in the PVC template.
     * Changes to this field are automatically reapplied to the created PVCs.
     * Size cannot be decreased.
     *
     * @schema ClusterSpecWalStorage#size
     */
    readonly size?: string;
    /**
     * StorageClass to use for PVCs. Applied after
     * evaluating the PVC template, if available.
     * If not specified, the generated PVCs will use the
     * default storage class
     *
     * @schema ClusterSpecWalStorage#storageClass
     */
    readonly storageClass?: string;
}
/**
 * Converts an object of type 'ClusterSpecWalStorage' to JSON representation.
 */
export declare function toJson_ClusterSpecWalStorage(obj: ClusterSpecWalStorage | undefined): Record<string, any> | undefined;
/**
 * Bootstrap the cluster via initdb
 *
 * @schema ClusterSpecBootstrapInitdb
 */
export interface ClusterSpecBootstrapInitdb {
    /**
     * Specifies the locale name when the builtin provider is used.
     * This option requires `localeProvider` to be set to `builtin`.
     * Available from PostgreSQL 17.
     *
     * @schema ClusterSpecBootstrapInitdb#builtinLocale
     */
    readonly builtinLocale?: string;
    /**
     * Whether data checksums are enabled on data pages, to help detect
     * corruption by the I/O system that would otherwise be silent
     * (default: `false` before PostgreSQL 18, `true` from PostgreSQL 18 on,
     * matching the initdb default in each case).
     *
     * @schema ClusterSpecBootstrapInitdb#dataChecksums
     */
    readonly dataChecksums?: boolean;
    /**
     * Name of the database used by the application. Default: `app`.
     *
     * @schema ClusterSpecBootstrapInitdb#database
     */
    readonly database?: string;
    /**
     * The value to be passed as option `--encoding` for initdb (default:`UTF8`)
     *
     * @schema ClusterSpecBootstrapInitdb#encoding
     */
    readonly encoding?: string;
    /**
     * Specifies the ICU locale when the ICU provider is used.
     * This option requires `localeProvider` to be set to `icu`.
     * Available from PostgreSQL 15.
     *
     * @schema ClusterSpecBootstrapInitdb#icuLocale
     */
    readonly icuLocale?: string;
    /**
     * Specifies additional collation rules to customize the behavior of the default collation.
     * This option requires `localeProvider` to be set to `icu`.
     * Available from PostgreSQL 16.
     *
     * @schema ClusterSpecBootstrapInitdb#icuRules
     */
    readonly icuRules?: string;
    /**
     * Bootstraps the new cluster by importing data from an existing PostgreSQL
     * instance using logical backup (`pg_dump` and `pg_restore`)
     *
     * @schema ClusterSpecBootstrapInitdb#import
     */
    readonly import?: ClusterSpecBootstrapInitdbImport;
    /**
     * Sets the default collation order and character classification in the new database.
     *
     * @schema ClusterSpecBootstrapInitdb#locale
     */
    readonly locale?: string;
    /**
     * The value to be passed as option `--lc-ctype` for initdb (default:`C`)
     *
     * @schema ClusterSpecBootstrapInitdb#localeCType
     */
    readonly localeCType?: string;
    /**
     * The value to be passed as option `--lc-collate` for initdb (default:`C`)
     *
     * @schema ClusterSpecBootstrapInitdb#localeCollate
     */
    readonly localeCollate?: string;
    /**
     * This option sets the locale provider for databases created in the new cluster.
     * Available from PostgreSQL 16.
     *
     * @schema ClusterSpecBootstrapInitdb#localeProvider
     */
    readonly localeProvider?: string;
    /**
     * The list of options that must be passed to initdb when creating the cluster.
     *
     * Deprecated: This could lead to inconsistent configurations,
     * please use the explicit provided parameters instead.
     * If defined, explicit values will be ignored.
     *
     * @schema ClusterSpecBootstrapInitdb#options
     */
    readonly options?: string[];
    /**
     * Name of the owner of the database in the instance to be used
     * by applications. Defaults to the value of the `database` key.
     *
     * @default the value of the `database` key.
     * @schema ClusterSpecBootstrapInitdb#owner
     */
    readonly owner?: string;
    /**
     * List of SQL queries to be executed as a superuser in the application
     * database right after the cluster has been created - to be used with extreme care
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitApplicationSQL
     */
    readonly postInitApplicationSql?: string[];
    /**
     * List of references to ConfigMaps or Secrets containing SQL files
     * to be executed as a superuser in the application database right after
     * the cluster has been created. The references are processed in a specific order:
     * first, all Secrets are processed, followed by all ConfigMaps.
     * Within each group, the processing order follows the sequence specified
     * in their respective arrays.
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitApplicationSQLRefs
     */
    readonly postInitApplicationSqlRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs;
    /**
     * List of SQL queries to be executed as a superuser in the `postgres`
     * database right after the cluster has been created - to be used with extreme care
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitSQL
     */
    readonly postInitSql?: string[];
    /**
     * List of references to ConfigMaps or Secrets containing SQL files
     * to be executed as a superuser in the `postgres` database right after
     * the cluster has been created. The references are processed in a specific order:
     * first, all Secrets are processed, followed by all ConfigMaps.
     * Within each group, the processing order follows the sequence specified
     * in their respective arrays.
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitSQLRefs
     */
    readonly postInitSqlRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefs;
    /**
     * List of SQL queries to be executed as a superuser in the `template1`
     * database right after the cluster has been created - to be used with extreme care
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitTemplateSQL
     */
    readonly postInitTemplateSql?: string[];
    /**
     * List of references to ConfigMaps or Secrets containing SQL files
     * to be executed as a superuser in the `template1` database right after
     * the cluster has been created. The references are processed in a specific order:
     * first, all Secrets are processed, followed by all ConfigMaps.
     * Within each group, the processing order follows the sequence specified
     * in their respective arrays.
     * (by default empty)
     *
     * @schema ClusterSpecBootstrapInitdb#postInitTemplateSQLRefs
     */
    readonly postInitTemplateSqlRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs;
    /**
     * Name of the secret containing the initial credentials for the
     * owner of the user database. If empty a new secret will be
     * created from scratch
     *
     * @schema ClusterSpecBootstrapInitdb#secret
     */
    readonly secret?: ClusterSpecBootstrapInitdbSecret;
    /**
     * The value in megabytes (1 to 1024) to be passed to the `--wal-segsize`
     * option for initdb (default: empty, resulting in PostgreSQL default: 16MB)
     *
     * @schema ClusterSpecBootstrapInitdb#walSegmentSize
     */
    readonly walSegmentSize?: number;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdb' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdb(obj: ClusterSpecBootstrapInitdb | undefined): Record<string, any> | undefined;
/**
 * Bootstrap the cluster taking a physical backup of another compatible
 * PostgreSQL instance
 *
 * @schema ClusterSpecBootstrapPgBasebackup
 */
export interface ClusterSpecBootstrapPgBasebackup {
    /**
     * Name of the database used by the application. Default: `app`.
     *
     * @schema ClusterSpecBootstrapPgBasebackup#database
     */
    readonly database?: string;
    /**
     * Name of the owner of the database in the instance to be used
     * by applications. Defaults to the value of the `database` key.
     *
     * @default the value of the `database` key.
     * @schema ClusterSpecBootstrapPgBasebackup#owner
     */
    readonly owner?: string;
    /**
     * Name of the secret containing the initial credentials for the
     * owner of the user database. If empty a new secret will be
     * created from scratch
     *
     * @schema ClusterSpecBootstrapPgBasebackup#secret
     */
    readonly secret?: ClusterSpecBootstrapPgBasebackupSecret;
    /**
     * The name of the server of which we need to take a physical backup
     *
     * @schema ClusterSpecBootstrapPgBasebackup#source
     */
    readonly source: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapPgBasebackup' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapPgBasebackup(obj: ClusterSpecBootstrapPgBasebackup | undefined): Record<string, any> | undefined;
/**
 * Bootstrap the cluster from a backup
 *
 * @schema ClusterSpecBootstrapRecovery
 */
export interface ClusterSpecBootstrapRecovery {
    /**
     * The backup object containing the physical base backup from which to
     * initiate the recovery procedure.
     * Mutually exclusive with `source` and `volumeSnapshots`.
     *
     * @schema ClusterSpecBootstrapRecovery#backup
     */
    readonly backup?: ClusterSpecBootstrapRecoveryBackup;
    /**
     * Name of the database used by the application. Default: `app`.
     *
     * @schema ClusterSpecBootstrapRecovery#database
     */
    readonly database?: string;
    /**
     * Name of the owner of the database in the instance to be used
     * by applications. Defaults to the value of the `database` key.
     *
     * @default the value of the `database` key.
     * @schema ClusterSpecBootstrapRecovery#owner
     */
    readonly owner?: string;
    /**
     * By default, the recovery process applies all the available
     * WAL files in the archive (full recovery). However, you can also
     * end the recovery as soon as a consistent state is reached or
     * recover to a point-in-time (PITR) by specifying a `RecoveryTarget` object,
     * as expected by PostgreSQL (i.e., timestamp, transaction Id, LSN, ...).
     * More info: https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET
     *
     * @schema ClusterSpecBootstrapRecovery#recoveryTarget
     */
    readonly recoveryTarget?: ClusterSpecBootstrapRecoveryRecoveryTarget;
    /**
     * Name of the secret containing the initial credentials for the
     * owner of the user database. If empty a new secret will be
     * created from scratch
     *
     * @schema ClusterSpecBootstrapRecovery#secret
     */
    readonly secret?: ClusterSpecBootstrapRecoverySecret;
    /**
     * The external cluster whose backup we will restore. This is also
     * used as the name of the folder under which the backup is stored,
     * so it must be set to the name of the source cluster
     * Mutually exclusive with `backup`.
     *
     * @schema ClusterSpecBootstrapRecovery#source
     */
    readonly source?: string;
    /**
     * The static PVC data source(s) from which to initiate the
     * recovery procedure. Currently supporting `VolumeSnapshot`
     * and `PersistentVolumeClaim` resources that map an existing
     * PVC group, compatible with CloudNativePG, and taken with
     * a cold backup copy on a fenced Postgres instance (limitation
     * which will be removed in the future when online backup
     * will be implemented).
     * Mutually exclusive with `backup`.
     *
     * @schema ClusterSpecBootstrapRecovery#volumeSnapshots
     */
    readonly volumeSnapshots?: ClusterSpecBootstrapRecoveryVolumeSnapshots;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecovery' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecovery(obj: ClusterSpecBootstrapRecovery | undefined): Record<string, any> | undefined;
/**
 * Shm is the size limit of the shared memory volume
 *
 * @schema ClusterSpecEphemeralVolumesSizeLimitShm
 */
export declare class ClusterSpecEphemeralVolumesSizeLimitShm {
    readonly value: number | string;
    static fromNumber(value: number): ClusterSpecEphemeralVolumesSizeLimitShm;
    static fromString(value: string): ClusterSpecEphemeralVolumesSizeLimitShm;
    private constructor();
}
/**
 * TemporaryData is the size limit of the temporary data volume
 *
 * @schema ClusterSpecEphemeralVolumesSizeLimitTemporaryData
 */
export declare class ClusterSpecEphemeralVolumesSizeLimitTemporaryData {
    readonly value: number | string;
    static fromNumber(value: number): ClusterSpecEphemeralVolumesSizeLimitTemporaryData;
    static fromString(value: string): ClusterSpecEphemeralVolumesSizeLimitTemporaryData;
    private constructor();
}
/**
 * The reference to the password to be used to connect to the server.
 * If a password is provided, CloudNativePG creates a PostgreSQL
 * passfile at `/controller/external/NAME/pass` (where "NAME" is the
 * cluster's name). This passfile is automatically referenced in the
 * connection string when establishing a connection to the remote
 * PostgreSQL server from the current PostgreSQL `Cluster`. This ensures
 * secure and efficient password management for external clusters.
 *
 * @schema ClusterSpecExternalClustersPassword
 */
export interface ClusterSpecExternalClustersPassword {
    /**
     * The key of the secret to select from.  Must be a valid secret key.
     *
     * @schema ClusterSpecExternalClustersPassword#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     * This field is effectively required, but due to backwards compatibility is
     * allowed to be empty. Instances of this type with an empty value here are
     * almost certainly wrong.
     * More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
     *
     * @schema ClusterSpecExternalClustersPassword#name
     */
    readonly name?: string;
    /**
     * Specify whether the Secret or its key must be defined
     *
     * @schema ClusterSpecExternalClustersPassword#optional
     */
    readonly optional?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecExternalClustersPassword' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClustersPassword(obj: ClusterSpecExternalClustersPassword | undefined): Record<string, any> | undefined;
/**
 * The configuration of the plugin that is taking care
 * of WAL archiving and backups for this external cluster
 *
 * @schema ClusterSpecExternalClustersPlugin
 */
export interface ClusterSpecExternalClustersPlugin {
    /**
     * Enabled is true if this plugin will be used
     *
     * @schema ClusterSpecExternalClustersPlugin#enabled
     */
    readonly enabled?: boolean;
    /**
     * Marks the plugin as the WAL archiver. At most one plugin can be
     * designated as a WAL archiver. This cannot be enabled if the
     * `.spec.backup.barmanObjectStore` configuration is present.
     *
     * @schema ClusterSpecExternalClustersPlugin#isWALArchiver
     */
    readonly isWalArchiver?: boolean;
    /**
     * Name is the plugin name
     *
     * @schema ClusterSpecExternalClustersPlugin#name
     */
    readonly name: string;
    /**
     * Parameters is the configuration of the plugin
     *
     * @schema ClusterSpecExternalClustersPlugin#parameters
     */
    readonly parameters?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ClusterSpecExternalClustersPlugin' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClustersPlugin(obj: ClusterSpecExternalClustersPlugin | undefined): Record<string, any> | undefined;
/**
 * The reference to an SSL certificate to be used to connect to this
 * instance
 *
 * @schema ClusterSpecExternalClustersSslCert
 */
export interface ClusterSpecExternalClustersSslCert {
    /**
     * The key of the secret to select from.  Must be a valid secret key.
     *
     * @schema ClusterSpecExternalClustersSslCert#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     * This field is effectively required, but due to backwards compatibility is
     * allowed to be empty. Instances of this type with an empty value here are
     * almost certainly wrong.
     * More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
     *
     * @schema ClusterSpecExternalClustersSslCert#name
     */
    readonly name?: string;
    /**
     * Specify whether the Secret or its key must be defined
     *
     * @schema ClusterSpecExternalClustersSslCert#optional
     */
    readonly optional?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecExternalClustersSslCert' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClustersSslCert(obj: ClusterSpecExternalClustersSslCert | undefined): Record<string, any> | undefined;
/**
 * The reference to an SSL private key to be used to connect to this
 * instance
 *
 * @schema ClusterSpecExternalClustersSslKey
 */
export interface ClusterSpecExternalClustersSslKey {
    /**
     * The key of the secret to select from.  Must be a valid secret key.
     *
     * @schema ClusterSpecExternalClustersSslKey#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     * This field is effectively required, but due to backwards compatibility is
     * allowed to be empty. Instances of this type with an empty value here are
     * almost certainly wrong.
     * More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
     *
     * @schema ClusterSpecExternalClustersSslKey#name
     */
    readonly name?: string;
    /**
     * Specify whether the Secret or its key must be defined
     *
     * @schema ClusterSpecExternalClustersSslKey#optional
     */
    readonly optional?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecExternalClustersSslKey' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClustersSslKey(obj: ClusterSpecExternalClustersSslKey | undefined): Record<string, any> | undefined;
/**
 * The reference to an SSL CA public key to be used to connect to this
 * instance
 *
 * @schema ClusterSpecExternalClustersSslRootCert
 */
export interface ClusterSpecExternalClustersSslRootCert {
    /**
     * The key of the secret to select from.  Must be a valid secret key.
     *
     * @schema ClusterSpecExternalClustersSslRootCert#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     * This field is effectively required, but due to backwards compatibility is
     * allowed to be empty. Instances of this type with an empty value here are
     * almost certainly wrong.
     * More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
     *
     * @schema ClusterSpecExternalClustersSslRootCert#name
     */
    readonly name?: string;
    /**
     * Specify whether the Secret or its key must be defined
     *
     * @schema ClusterSpecExternalClustersSslRootCert#optional
     */
    readonly optional?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecExternalClustersSslRootCert' to JSON representation.
 */
export declare function toJson_ClusterSpecExternalClustersSslRootCert(obj: ClusterSpecExternalClustersSslRootCert | undefined): Record<string, any> | undefined;
/**
 * RoleConfiguration is the representation, in Kubernetes, of a PostgreSQL role
 * with the additional field Ensure specifying whether to ensure the presence or
 * absence of the role in the database
 *
 * The defaults of the CREATE ROLE command are applied
 * Reference: https://www.postgresql.org/docs/current/sql-createrole.html
 *
 * @schema ClusterSpecManagedRoles
 */
export interface ClusterSpecManagedRoles {
    /**
     * Whether a role bypasses every row-level security (RLS) policy.
     * Default is `false`.
     *
     * @default false`.
     * @schema ClusterSpecManagedRoles#bypassrls
     */
    readonly bypassrls?: boolean;
    /**
     * Description of the role
     *
     * @schema ClusterSpecManagedRoles#comment
     */
    readonly comment?: string;
    /**
     * If the role can log in, this specifies how many concurrent
     * connections the role can make. `-1` (the default) means no limit.
     *
     * @schema ClusterSpecManagedRoles#connectionLimit
     */
    readonly connectionLimit?: number;
    /**
     * When set to `true`, the role being defined will be allowed to create
     * new databases. Specifying `false` (default) will deny a role the
     * ability to create databases.
     *
     * @schema ClusterSpecManagedRoles#createdb
     */
    readonly createdb?: boolean;
    /**
     * Whether the role will be permitted to create, alter, drop, comment
     * on, change the security label for, and grant or revoke membership in
     * other roles. Default is `false`.
     *
     * @default false`.
     * @schema ClusterSpecManagedRoles#createrole
     */
    readonly createrole?: boolean;
    /**
     * DisablePassword indicates that a role's password should be set to NULL in Postgres
     *
     * @schema ClusterSpecManagedRoles#disablePassword
     */
    readonly disablePassword?: boolean;
    /**
     * Ensure the role is `present` or `absent` - defaults to "present"
     *
     * @schema ClusterSpecManagedRoles#ensure
     */
    readonly ensure?: ClusterSpecManagedRolesEnsure;
    /**
     * List of one or more existing roles to which this role will be
     * immediately added as a new member. Default empty.
     * Changes to the list are applied to an existing role through
     * `GRANT` and `REVOKE` statements, not only at role creation.
     *
     * @schema ClusterSpecManagedRoles#inRoles
     */
    readonly inRoles?: string[];
    /**
     * Whether a role "inherits" the privileges of roles it is a member of.
     * Default is `true`.
     *
     * @default true`.
     * @schema ClusterSpecManagedRoles#inherit
     */
    readonly inherit?: boolean;
    /**
     * Whether the role is allowed to log in. A role having the `login`
     * attribute can be thought of as a user. Roles without this attribute
     * are useful for managing database privileges, but are not users in
     * the usual sense of the word. Default is `false`.
     *
     * @default false`.
     * @schema ClusterSpecManagedRoles#login
     */
    readonly login?: boolean;
    /**
     * Name of the role
     *
     * @schema ClusterSpecManagedRoles#name
     */
    readonly name: string;
    /**
     * Secret containing the password of the role (if present).
     * If null, the password will be ignored unless DisablePassword is set.
     * When set, the secret must follow the `kubernetes.io/basic-auth` format
     * and contain both a `username` and a `password` field.
     *
     * @schema ClusterSpecManagedRoles#passwordSecret
     */
    readonly passwordSecret?: ClusterSpecManagedRolesPasswordSecret;
    /**
     * Whether a role is a replication role. A role must have this
     * attribute (or be a superuser) in order to be able to connect to the
     * server in replication mode (physical or logical replication) and in
     * order to be able to create or drop replication slots. A role having
     * the `replication` attribute is a very highly privileged role, and
     * should only be used on roles actually used for replication. Default
     * is `false`.
     *
     * @default false`.
     * @schema ClusterSpecManagedRoles#replication
     */
    readonly replication?: boolean;
    /**
     * Whether the role is a `superuser` who can override all access
     * restrictions within the database - superuser status is dangerous and
     * should be used only when really needed. You must yourself be a
     * superuser to create a new superuser. Defaults is `false`.
     *
     * @default false`.
     * @schema ClusterSpecManagedRoles#superuser
     */
    readonly superuser?: boolean;
    /**
     * Date and time after which the role's password is no longer valid.
     * When omitted, the password will never expire (default).
     *
     * @schema ClusterSpecManagedRoles#validUntil
     */
    readonly validUntil?: Date;
}
/**
 * Converts an object of type 'ClusterSpecManagedRoles' to JSON representation.
 */
export declare function toJson_ClusterSpecManagedRoles(obj: ClusterSpecManagedRoles | undefined): Record<string, any> | undefined;
/**
 * Services roles managed by the `Cluster`
 *
 * @schema ClusterSpecManagedServices
 */
export interface ClusterSpecManagedServices {
    /**
     * DisabledDefaultServices is a list of service types that are disabled by default.
     * Valid values are "r", and "ro", representing read, and read-only services.
     *
     * @schema ClusterSpecManagedServices#disabledDefaultServices
     */
    readonly disabledDefaultServices?: ClusterSpecManagedServicesDisabledDefaultServices[];
}
/**
 * Converts an object of type 'ClusterSpecManagedServices' to JSON representation.
 */
export declare function toJson_ClusterSpecManagedServices(obj: ClusterSpecManagedServices | undefined): Record<string, any> | undefined;
/**
 * ConfigMapKeySelector contains enough information to let you locate
 * the key of a ConfigMap
 *
 * @schema ClusterSpecMonitoringCustomQueriesConfigMap
 */
export interface ClusterSpecMonitoringCustomQueriesConfigMap {
    /**
     * The key to select
     *
     * @schema ClusterSpecMonitoringCustomQueriesConfigMap#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecMonitoringCustomQueriesConfigMap#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecMonitoringCustomQueriesConfigMap' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoringCustomQueriesConfigMap(obj: ClusterSpecMonitoringCustomQueriesConfigMap | undefined): Record<string, any> | undefined;
/**
 * SecretKeySelector contains enough information to let you locate
 * the key of a Secret
 *
 * @schema ClusterSpecMonitoringCustomQueriesSecret
 */
export interface ClusterSpecMonitoringCustomQueriesSecret {
    /**
     * The key to select
     *
     * @schema ClusterSpecMonitoringCustomQueriesSecret#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecMonitoringCustomQueriesSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecMonitoringCustomQueriesSecret' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoringCustomQueriesSecret(obj: ClusterSpecMonitoringCustomQueriesSecret | undefined): Record<string, any> | undefined;
/**
 * RelabelConfig allows dynamic rewriting of the label set for targets, alerts,
 * scraped samples and remote write samples.
 *
 * More info: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 *
 * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings
 */
export interface ClusterSpecMonitoringPodMonitorMetricRelabelings {
    /**
     * action to perform based on the regex matching.
     *
     * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
     * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
     *
     * Default: "Replace"
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#action
     */
    readonly action?: ClusterSpecMonitoringPodMonitorMetricRelabelingsAction;
    /**
     * modulus to take of the hash of the source label values.
     *
     * Only applicable when the action is `HashMod`.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#modulus
     */
    readonly modulus?: number;
    /**
     * regex defines the regular expression against which the extracted value is matched.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#regex
     */
    readonly regex?: string;
    /**
     * replacement value against which a Replace action is performed if the
     * regular expression matches.
     *
     * Regex capture groups are available.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#replacement
     */
    readonly replacement?: string;
    /**
     * separator defines the string between concatenated SourceLabels.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#separator
     */
    readonly separator?: string;
    /**
     * sourceLabels defines the source labels select values from existing labels. Their content is
     * concatenated using the configured Separator and matched against the
     * configured regular expression.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#sourceLabels
     */
    readonly sourceLabels?: string[];
    /**
     * targetLabel defines the label to which the resulting string is written in a replacement.
     *
     * It is mandatory for `Replace`, `HashMod`, `Lowercase`, `Uppercase`,
     * `KeepEqual` and `DropEqual` actions.
     *
     * Regex capture groups are available.
     *
     * @schema ClusterSpecMonitoringPodMonitorMetricRelabelings#targetLabel
     */
    readonly targetLabel?: string;
}
/**
 * Converts an object of type 'ClusterSpecMonitoringPodMonitorMetricRelabelings' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoringPodMonitorMetricRelabelings(obj: ClusterSpecMonitoringPodMonitorMetricRelabelings | undefined): Record<string, any> | undefined;
/**
 * RelabelConfig allows dynamic rewriting of the label set for targets, alerts,
 * scraped samples and remote write samples.
 *
 * More info: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 *
 * @schema ClusterSpecMonitoringPodMonitorRelabelings
 */
export interface ClusterSpecMonitoringPodMonitorRelabelings {
    /**
     * action to perform based on the regex matching.
     *
     * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
     * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
     *
     * Default: "Replace"
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#action
     */
    readonly action?: ClusterSpecMonitoringPodMonitorRelabelingsAction;
    /**
     * modulus to take of the hash of the source label values.
     *
     * Only applicable when the action is `HashMod`.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#modulus
     */
    readonly modulus?: number;
    /**
     * regex defines the regular expression against which the extracted value is matched.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#regex
     */
    readonly regex?: string;
    /**
     * replacement value against which a Replace action is performed if the
     * regular expression matches.
     *
     * Regex capture groups are available.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#replacement
     */
    readonly replacement?: string;
    /**
     * separator defines the string between concatenated SourceLabels.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#separator
     */
    readonly separator?: string;
    /**
     * sourceLabels defines the source labels select values from existing labels. Their content is
     * concatenated using the configured Separator and matched against the
     * configured regular expression.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#sourceLabels
     */
    readonly sourceLabels?: string[];
    /**
     * targetLabel defines the label to which the resulting string is written in a replacement.
     *
     * It is mandatory for `Replace`, `HashMod`, `Lowercase`, `Uppercase`,
     * `KeepEqual` and `DropEqual` actions.
     *
     * Regex capture groups are available.
     *
     * @schema ClusterSpecMonitoringPodMonitorRelabelings#targetLabel
     */
    readonly targetLabel?: string;
}
/**
 * Converts an object of type 'ClusterSpecMonitoringPodMonitorRelabelings' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoringPodMonitorRelabelings(obj: ClusterSpecMonitoringPodMonitorRelabelings | undefined): Record<string, any> | undefined;
/**
 * Configure TLS communication for the metrics endpoint.
 * Changing tls.enabled option will force a rollout of all instances.
 *
 * @schema ClusterSpecMonitoringTls
 */
export interface ClusterSpecMonitoringTls {
    /**
     * Enable TLS for the monitoring endpoint.
     * Changing this option will force a rollout of all instances.
     *
     * @schema ClusterSpecMonitoringTls#enabled
     */
    readonly enabled?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecMonitoringTls' to JSON representation.
 */
export declare function toJson_ClusterSpecMonitoringTls(obj: ClusterSpecMonitoringTls | undefined): Record<string, any> | undefined;
/**
 * Selector is a label selector that identifies the pods whose IPs
 * should be resolved. Only pods in the Cluster's namespace are considered.
 *
 * @schema ClusterSpecPodSelectorRefsSelector
 */
export interface ClusterSpecPodSelectorRefsSelector {
    /**
     * matchExpressions is a list of label selector requirements. The requirements are ANDed.
     *
     * @schema ClusterSpecPodSelectorRefsSelector#matchExpressions
     */
    readonly matchExpressions?: ClusterSpecPodSelectorRefsSelectorMatchExpressions[];
    /**
     * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels
     * map is equivalent to an element of matchExpressions, whose key field is "key", the
     * operator is "In", and the values array contains only "value". The requirements are ANDed.
     *
     * @schema ClusterSpecPodSelectorRefsSelector#matchLabels
     */
    readonly matchLabels?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ClusterSpecPodSelectorRefsSelector' to JSON representation.
 */
export declare function toJson_ClusterSpecPodSelectorRefsSelector(obj: ClusterSpecPodSelectorRefsSelector | undefined): Record<string, any> | undefined;
/**
 * ExtensionConfiguration is the configuration used to add
 * PostgreSQL extensions to the Cluster.
 *
 * @schema ClusterSpecPostgresqlExtensions
 */
export interface ClusterSpecPostgresqlExtensions {
    /**
     * A list of directories within the image to be appended to the
     * PostgreSQL process's `PATH` environment variable.
     *
     * @schema ClusterSpecPostgresqlExtensions#bin_path
     */
    readonly binPath?: string[];
    /**
     * The list of directories inside the image which should be added to dynamic_library_path.
     * If not defined, defaults to "/lib".
     *
     * @schema ClusterSpecPostgresqlExtensions#dynamic_library_path
     */
    readonly dynamicLibraryPath?: string[];
    /**
     * Env is a list of custom environment variables to be set in the
     * PostgreSQL process for this extension. It is the responsibility of the
     * cluster administrator to ensure the variables are correct for the
     * specific extension. Note that changes to these variables require
     * a manual cluster restart to take effect.
     *
     * @schema ClusterSpecPostgresqlExtensions#env
     */
    readonly env?: ClusterSpecPostgresqlExtensionsEnv[];
    /**
     * The list of directories inside the image which should be added to extension_control_path.
     * If not defined, defaults to "/share".
     *
     * @schema ClusterSpecPostgresqlExtensions#extension_control_path
     */
    readonly extensionControlPath?: string[];
    /**
     * The image containing the extension.
     *
     * @schema ClusterSpecPostgresqlExtensions#image
     */
    readonly image?: ClusterSpecPostgresqlExtensionsImage;
    /**
     * The list of directories inside the image which should be added to ld_library_path.
     *
     * @schema ClusterSpecPostgresqlExtensions#ld_library_path
     */
    readonly ldLibraryPath?: string[];
    /**
     * The name of the extension, required. The limit of 59 characters
     * leaves room for the prefix the operator adds when deriving the
     * extension's Kubernetes Volume name (capped at 63 characters).
     *
     * @schema ClusterSpecPostgresqlExtensions#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlExtensions' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlExtensions(obj: ClusterSpecPostgresqlExtensions | undefined): Record<string, any> | undefined;
/**
 * Options to specify LDAP configuration
 *
 * @schema ClusterSpecPostgresqlLdap
 */
export interface ClusterSpecPostgresqlLdap {
    /**
     * Bind as authentication configuration
     *
     * @schema ClusterSpecPostgresqlLdap#bindAsAuth
     */
    readonly bindAsAuth?: ClusterSpecPostgresqlLdapBindAsAuth;
    /**
     * Bind+Search authentication configuration
     *
     * @schema ClusterSpecPostgresqlLdap#bindSearchAuth
     */
    readonly bindSearchAuth?: ClusterSpecPostgresqlLdapBindSearchAuth;
    /**
     * LDAP server port
     *
     * @schema ClusterSpecPostgresqlLdap#port
     */
    readonly port?: number;
    /**
     * LDAP schema to be used, possible options are `ldap` and `ldaps`
     *
     * @schema ClusterSpecPostgresqlLdap#scheme
     */
    readonly scheme?: ClusterSpecPostgresqlLdapScheme;
    /**
     * LDAP hostname or IP address
     *
     * @schema ClusterSpecPostgresqlLdap#server
     */
    readonly server?: string;
    /**
     * Set to 'true' to enable LDAP over TLS. 'false' is default
     *
     * @schema ClusterSpecPostgresqlLdap#tls
     */
    readonly tls?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlLdap' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlLdap(obj: ClusterSpecPostgresqlLdap | undefined): Record<string, any> | undefined;
/**
 * Requirements to be met by sync replicas. This will affect how the "synchronous_standby_names" parameter will be
 * set up.
 *
 * @schema ClusterSpecPostgresqlSyncReplicaElectionConstraint
 */
export interface ClusterSpecPostgresqlSyncReplicaElectionConstraint {
    /**
     * This flag enables the constraints for sync replicas
     *
     * @schema ClusterSpecPostgresqlSyncReplicaElectionConstraint#enabled
     */
    readonly enabled: boolean;
    /**
     * A list of node labels values to extract and compare to evaluate if the pods reside in the same topology or not
     *
     * @schema ClusterSpecPostgresqlSyncReplicaElectionConstraint#nodeLabelsAntiAffinity
     */
    readonly nodeLabelsAntiAffinity?: string[];
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlSyncReplicaElectionConstraint' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlSyncReplicaElectionConstraint(obj: ClusterSpecPostgresqlSyncReplicaElectionConstraint | undefined): Record<string, any> | undefined;
/**
 * Configuration of the PostgreSQL synchronous replication feature
 *
 * @schema ClusterSpecPostgresqlSynchronous
 */
export interface ClusterSpecPostgresqlSynchronous {
    /**
     * If set to "required", data durability is strictly enforced. Write operations
     * with synchronous commit settings (`on`, `remote_write`, or `remote_apply`) will
     * block if there are insufficient healthy replicas, ensuring data persistence.
     * If set to "preferred", data durability is maintained when healthy replicas
     * are available, but the required number of instances will adjust dynamically
     * if replicas become unavailable. This setting relaxes strict durability enforcement
     * to allow for operational continuity. This setting is only applicable if both
     * `standbyNamesPre` and `standbyNamesPost` are unset (empty).
     *
     * @schema ClusterSpecPostgresqlSynchronous#dataDurability
     */
    readonly dataDurability?: ClusterSpecPostgresqlSynchronousDataDurability;
    /**
     * FailoverQuorum enables a quorum-based check before failover, improving
     * data durability and safety during failover events in CloudNativePG-managed
     * PostgreSQL clusters.
     *
     * @schema ClusterSpecPostgresqlSynchronous#failoverQuorum
     */
    readonly failoverQuorum?: boolean;
    /**
     * Specifies the maximum number of local cluster pods that can be
     * automatically included in the `synchronous_standby_names` option in
     * PostgreSQL.
     *
     * @schema ClusterSpecPostgresqlSynchronous#maxStandbyNamesFromCluster
     */
    readonly maxStandbyNamesFromCluster?: number;
    /**
     * Method to select synchronous replication standbys from the listed
     * servers, accepting 'any' (quorum-based synchronous replication) or
     * 'first' (priority-based synchronous replication) as values.
     *
     * @schema ClusterSpecPostgresqlSynchronous#method
     */
    readonly method: ClusterSpecPostgresqlSynchronousMethod;
    /**
     * Specifies the number of synchronous standby servers that
     * transactions must wait for responses from.
     *
     * @schema ClusterSpecPostgresqlSynchronous#number
     */
    readonly number: number;
    /**
     * A user-defined list of application names to be added to
     * `synchronous_standby_names` after local cluster pods (the order is
     * only useful for priority-based synchronous replication).
     *
     * @schema ClusterSpecPostgresqlSynchronous#standbyNamesPost
     */
    readonly standbyNamesPost?: string[];
    /**
     * A user-defined list of application names to be added to
     * `synchronous_standby_names` before local cluster pods (the order is
     * only useful for priority-based synchronous replication).
     *
     * @schema ClusterSpecPostgresqlSynchronous#standbyNamesPre
     */
    readonly standbyNamesPre?: string[];
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlSynchronous' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlSynchronous(obj: ClusterSpecPostgresqlSynchronous | undefined): Record<string, any> | undefined;
/**
 * The liveness probe configuration
 *
 * @schema ClusterSpecProbesLiveness
 */
export interface ClusterSpecProbesLiveness {
    /**
     * Minimum consecutive failures for the probe to be considered failed after having succeeded.
     * Defaults to 3. Minimum value is 1.
     *
     * @default 3. Minimum value is 1.
     * @schema ClusterSpecProbesLiveness#failureThreshold
     */
    readonly failureThreshold?: number;
    /**
     * Number of seconds after the container has started before liveness probes are initiated.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @schema ClusterSpecProbesLiveness#initialDelaySeconds
     */
    readonly initialDelaySeconds?: number;
    /**
     * Configure the feature that extends the liveness probe for a primary
     * instance. In addition to the basic checks, this reports whether the
     * primary is isolated from the Kubernetes API server and from its
     * replicas, so the kubelet restarts it through the normal
     * container-termination path (a smart shutdown, bounded by
     * `.spec.smartShutdownTimeout`) when a network partition or API
     * unavailability is detected. Enabled by default.
     *
     * @schema ClusterSpecProbesLiveness#isolationCheck
     */
    readonly isolationCheck?: ClusterSpecProbesLivenessIsolationCheck;
    /**
     * How often (in seconds) to perform the probe.
     * Default to 10 seconds. Minimum value is 1.
     *
     * @default 10 seconds. Minimum value is 1.
     * @schema ClusterSpecProbesLiveness#periodSeconds
     */
    readonly periodSeconds?: number;
    /**
     * Minimum consecutive successes for the probe to be considered successful after having failed.
     * Defaults to 1. Must be 1 for liveness and startup. Minimum value is 1.
     *
     * @default 1. Must be 1 for liveness and startup. Minimum value is 1.
     * @schema ClusterSpecProbesLiveness#successThreshold
     */
    readonly successThreshold?: number;
    /**
     * Optional duration in seconds the pod needs to terminate gracefully upon probe failure.
     * The grace period is the duration in seconds after the processes running in the pod are sent
     * a termination signal and the time when the processes are forcibly halted with a kill signal.
     * Set this value longer than the expected cleanup time for your process.
     * If this value is nil, the pod's terminationGracePeriodSeconds will be used. Otherwise, this
     * value overrides the value provided by the pod spec.
     * Value must be non-negative integer. The value zero indicates stop immediately via
     * the kill signal (no opportunity to shut down).
     * This is a beta field and requires enabling ProbeTerminationGracePeriod feature gate.
     * Minimum value is 1. spec.terminationGracePeriodSeconds is used if unset.
     *
     * @schema ClusterSpecProbesLiveness#terminationGracePeriodSeconds
     */
    readonly terminationGracePeriodSeconds?: number;
    /**
     * Number of seconds after which the probe times out.
     * Defaults to 1 second. Minimum value is 1.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @default 1 second. Minimum value is 1.
     * @schema ClusterSpecProbesLiveness#timeoutSeconds
     */
    readonly timeoutSeconds?: number;
}
/**
 * Converts an object of type 'ClusterSpecProbesLiveness' to JSON representation.
 */
export declare function toJson_ClusterSpecProbesLiveness(obj: ClusterSpecProbesLiveness | undefined): Record<string, any> | undefined;
/**
 * The readiness probe configuration
 *
 * @schema ClusterSpecProbesReadiness
 */
export interface ClusterSpecProbesReadiness {
    /**
     * Minimum consecutive failures for the probe to be considered failed after having succeeded.
     * Defaults to 3. Minimum value is 1.
     *
     * @default 3. Minimum value is 1.
     * @schema ClusterSpecProbesReadiness#failureThreshold
     */
    readonly failureThreshold?: number;
    /**
     * Number of seconds after the container has started before liveness probes are initiated.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @schema ClusterSpecProbesReadiness#initialDelaySeconds
     */
    readonly initialDelaySeconds?: number;
    /**
     * Lag limit. Used only for `streaming` strategy
     *
     * @schema ClusterSpecProbesReadiness#maximumLag
     */
    readonly maximumLag?: ClusterSpecProbesReadinessMaximumLag;
    /**
     * How often (in seconds) to perform the probe.
     * Default to 10 seconds. Minimum value is 1.
     *
     * @default 10 seconds. Minimum value is 1.
     * @schema ClusterSpecProbesReadiness#periodSeconds
     */
    readonly periodSeconds?: number;
    /**
     * Minimum consecutive successes for the probe to be considered successful after having failed.
     * Defaults to 1. Must be 1 for liveness and startup. Minimum value is 1.
     *
     * @default 1. Must be 1 for liveness and startup. Minimum value is 1.
     * @schema ClusterSpecProbesReadiness#successThreshold
     */
    readonly successThreshold?: number;
    /**
     * Optional duration in seconds the pod needs to terminate gracefully upon probe failure.
     * The grace period is the duration in seconds after the processes running in the pod are sent
     * a termination signal and the time when the processes are forcibly halted with a kill signal.
     * Set this value longer than the expected cleanup time for your process.
     * If this value is nil, the pod's terminationGracePeriodSeconds will be used. Otherwise, this
     * value overrides the value provided by the pod spec.
     * Value must be non-negative integer. The value zero indicates stop immediately via
     * the kill signal (no opportunity to shut down).
     * This is a beta field and requires enabling ProbeTerminationGracePeriod feature gate.
     * Minimum value is 1. spec.terminationGracePeriodSeconds is used if unset.
     *
     * @schema ClusterSpecProbesReadiness#terminationGracePeriodSeconds
     */
    readonly terminationGracePeriodSeconds?: number;
    /**
     * Number of seconds after which the probe times out.
     * Defaults to 1 second. Minimum value is 1.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @default 1 second. Minimum value is 1.
     * @schema ClusterSpecProbesReadiness#timeoutSeconds
     */
    readonly timeoutSeconds?: number;
    /**
     * The probe strategy
     *
     * @schema ClusterSpecProbesReadiness#type
     */
    readonly type?: ClusterSpecProbesReadinessType;
}
/**
 * Converts an object of type 'ClusterSpecProbesReadiness' to JSON representation.
 */
export declare function toJson_ClusterSpecProbesReadiness(obj: ClusterSpecProbesReadiness | undefined): Record<string, any> | undefined;
/**
 * The startup probe configuration
 *
 * @schema ClusterSpecProbesStartup
 */
export interface ClusterSpecProbesStartup {
    /**
     * Minimum consecutive failures for the probe to be considered failed after having succeeded.
     * Defaults to 3. Minimum value is 1.
     *
     * @default 3. Minimum value is 1.
     * @schema ClusterSpecProbesStartup#failureThreshold
     */
    readonly failureThreshold?: number;
    /**
     * Number of seconds after the container has started before liveness probes are initiated.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @schema ClusterSpecProbesStartup#initialDelaySeconds
     */
    readonly initialDelaySeconds?: number;
    /**
     * Lag limit. Used only for `streaming` strategy
     *
     * @schema ClusterSpecProbesStartup#maximumLag
     */
    readonly maximumLag?: ClusterSpecProbesStartupMaximumLag;
    /**
     * How often (in seconds) to perform the probe.
     * Default to 10 seconds. Minimum value is 1.
     *
     * @default 10 seconds. Minimum value is 1.
     * @schema ClusterSpecProbesStartup#periodSeconds
     */
    readonly periodSeconds?: number;
    /**
     * Minimum consecutive successes for the probe to be considered successful after having failed.
     * Defaults to 1. Must be 1 for liveness and startup. Minimum value is 1.
     *
     * @default 1. Must be 1 for liveness and startup. Minimum value is 1.
     * @schema ClusterSpecProbesStartup#successThreshold
     */
    readonly successThreshold?: number;
    /**
     * Optional duration in seconds the pod needs to terminate gracefully upon probe failure.
     * The grace period is the duration in seconds after the processes running in the pod are sent
     * a termination signal and the time when the processes are forcibly halted with a kill signal.
     * Set this value longer than the expected cleanup time for your process.
     * If this value is nil, the pod's terminationGracePeriodSeconds will be used. Otherwise, this
     * value overrides the value provided by the pod spec.
     * Value must be non-negative integer. The value zero indicates stop immediately via
     * the kill signal (no opportunity to shut down).
     * This is a beta field and requires enabling ProbeTerminationGracePeriod feature gate.
     * Minimum value is 1. spec.terminationGracePeriodSeconds is used if unset.
     *
     * @schema ClusterSpecProbesStartup#terminationGracePeriodSeconds
     */
    readonly terminationGracePeriodSeconds?: number;
    /**
     * Number of seconds after which the probe times out.
     * Defaults to 1 second. Minimum value is 1.
     * More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes
     *
     * @default 1 second. Minimum value is 1.
     * @schema ClusterSpecProbesStartup#timeoutSeconds
     */
    readonly timeoutSeconds?: number;
    /**
     * The probe strategy
     *
     * @schema ClusterSpecProbesStartup#type
     */
    readonly type?: ClusterSpecProbesStartupType;
}
/**
 * Converts an object of type 'ClusterSpecProbesStartup' to JSON representation.
 */
export declare function toJson_ClusterSpecProbesStartup(obj: ClusterSpecProbesStartup | undefined): Record<string, any> | undefined;
/**
 * Replication slots for high availability configuration
 *
 * @schema ClusterSpecReplicationSlotsHighAvailability
 */
export interface ClusterSpecReplicationSlotsHighAvailability {
    /**
     * If enabled (default), the operator will automatically manage replication slots
     * on the primary instance and use them in streaming replication
     * connections with all the standby instances that are part of the HA
     * cluster. If disabled, the operator will not take advantage
     * of replication slots in streaming connections with the replicas.
     * This feature also controls replication slots in replica cluster,
     * from the designated primary to its cascading replicas.
     *
     * @schema ClusterSpecReplicationSlotsHighAvailability#enabled
     */
    readonly enabled?: boolean;
    /**
     * Prefix for replication slots managed by the operator for HA.
     * It may only contain lower case letters, numbers, and the underscore character.
     * This can only be set at creation time. By default set to `_cnpg_`.
     *
     * @schema ClusterSpecReplicationSlotsHighAvailability#slotPrefix
     */
    readonly slotPrefix?: string;
    /**
     * When enabled, the operator automatically manages synchronization of logical
     * decoding (replication) slots across high-availability clusters.
     *
     * Requires one of the following conditions:
     * - PostgreSQL version 17 or later
     * - PostgreSQL version < 17 with pg_failover_slots extension enabled
     *
     * @schema ClusterSpecReplicationSlotsHighAvailability#synchronizeLogicalDecoding
     */
    readonly synchronizeLogicalDecoding?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecReplicationSlotsHighAvailability' to JSON representation.
 */
export declare function toJson_ClusterSpecReplicationSlotsHighAvailability(obj: ClusterSpecReplicationSlotsHighAvailability | undefined): Record<string, any> | undefined;
/**
 * Configures the synchronization of the user defined physical replication slots
 *
 * @schema ClusterSpecReplicationSlotsSynchronizeReplicas
 */
export interface ClusterSpecReplicationSlotsSynchronizeReplicas {
    /**
     * When set to true, every replication slot that is on the primary is synchronized on each standby
     *
     * @schema ClusterSpecReplicationSlotsSynchronizeReplicas#enabled
     */
    readonly enabled: boolean;
    /**
     * List of regular expression patterns to match the names of replication slots to be excluded (by default empty)
     *
     * @schema ClusterSpecReplicationSlotsSynchronizeReplicas#excludePatterns
     */
    readonly excludePatterns?: string[];
}
/**
 * Converts an object of type 'ClusterSpecReplicationSlotsSynchronizeReplicas' to JSON representation.
 */
export declare function toJson_ClusterSpecReplicationSlotsSynchronizeReplicas(obj: ClusterSpecReplicationSlotsSynchronizeReplicas | undefined): Record<string, any> | undefined;
/**
 * Metadata are the metadata to be used for the generated
 * service account
 *
 * @schema ClusterSpecServiceAccountTemplateMetadata
 */
export interface ClusterSpecServiceAccountTemplateMetadata {
    /**
     * Annotations is an unstructured key value map stored with a resource that may be
     * set by external tools to store and retrieve arbitrary metadata. They are not
     * queryable and should be preserved when modifying objects.
     * More info: http://kubernetes.io/docs/user-guide/annotations
     *
     * @schema ClusterSpecServiceAccountTemplateMetadata#annotations
     */
    readonly annotations?: {
        [key: string]: string;
    };
    /**
     * Map of string keys and values that can be used to organize and categorize
     * (scope and select) objects. May match selectors of replication controllers
     * and services.
     * More info: http://kubernetes.io/docs/user-guide/labels
     *
     * @schema ClusterSpecServiceAccountTemplateMetadata#labels
     */
    readonly labels?: {
        [key: string]: string;
    };
    /**
     * The name of the resource. Only supported for certain types
     *
     * @schema ClusterSpecServiceAccountTemplateMetadata#name
     */
    readonly name?: string;
}
/**
 * Converts an object of type 'ClusterSpecServiceAccountTemplateMetadata' to JSON representation.
 */
export declare function toJson_ClusterSpecServiceAccountTemplateMetadata(obj: ClusterSpecServiceAccountTemplateMetadata | undefined): Record<string, any> | undefined;
/**
 * Bootstraps the new cluster by importing data from an existing PostgreSQL
 * instance using logical backup (`pg_dump` and `pg_restore`)
 *
 * @schema ClusterSpecBootstrapInitdbImport
 */
export interface ClusterSpecBootstrapInitdbImport {
    /**
     * The databases to import
     *
     * @schema ClusterSpecBootstrapInitdbImport#databases
     */
    readonly databases: string[];
    /**
     * List of custom options to pass to the `pg_dump` command.
     *
     * IMPORTANT: Use with caution. The operator does not validate these options,
     * and certain flags may interfere with its intended functionality or design.
     * You are responsible for ensuring that the provided options are compatible
     * with your environment and desired behavior.
     *
     * @schema ClusterSpecBootstrapInitdbImport#pgDumpExtraOptions
     */
    readonly pgDumpExtraOptions?: string[];
    /**
     * Custom options to pass to the `pg_restore` command during the `data`
     * section. This setting overrides the generic `pgRestoreExtraOptions` value.
     *
     * IMPORTANT: Use with caution. The operator does not validate these options,
     * and certain flags may interfere with its intended functionality or design.
     * You are responsible for ensuring that the provided options are compatible
     * with your environment and desired behavior.
     *
     * @schema ClusterSpecBootstrapInitdbImport#pgRestoreDataOptions
     */
    readonly pgRestoreDataOptions?: string[];
    /**
     * List of custom options to pass to the `pg_restore` command.
     *
     * IMPORTANT: Use with caution. The operator does not validate these options,
     * and certain flags may interfere with its intended functionality or design.
     * You are responsible for ensuring that the provided options are compatible
     * with your environment and desired behavior.
     *
     * @schema ClusterSpecBootstrapInitdbImport#pgRestoreExtraOptions
     */
    readonly pgRestoreExtraOptions?: string[];
    /**
     * Custom options to pass to the `pg_restore` command during the `post-data`
     * section. This setting overrides the generic `pgRestoreExtraOptions` value.
     *
     * IMPORTANT: Use with caution. The operator does not validate these options,
     * and certain flags may interfere with its intended functionality or design.
     * You are responsible for ensuring that the provided options are compatible
     * with your environment and desired behavior.
     *
     * @schema ClusterSpecBootstrapInitdbImport#pgRestorePostdataOptions
     */
    readonly pgRestorePostdataOptions?: string[];
    /**
     * Custom options to pass to the `pg_restore` command during the `pre-data`
     * section. This setting overrides the generic `pgRestoreExtraOptions` value.
     *
     * IMPORTANT: Use with caution. The operator does not validate these options,
     * and certain flags may interfere with its intended functionality or design.
     * You are responsible for ensuring that the provided options are compatible
     * with your environment and desired behavior.
     *
     * @schema ClusterSpecBootstrapInitdbImport#pgRestorePredataOptions
     */
    readonly pgRestorePredataOptions?: string[];
    /**
     * List of SQL queries to be executed as a superuser in the application
     * database right after is imported - to be used with extreme care
     * (by default empty). Only available in microservice type.
     *
     * @schema ClusterSpecBootstrapInitdbImport#postImportApplicationSQL
     */
    readonly postImportApplicationSql?: string[];
    /**
     * The roles to import
     *
     * @schema ClusterSpecBootstrapInitdbImport#roles
     */
    readonly roles?: string[];
    /**
     * When set to true, only the `pre-data` and `post-data` sections of
     * `pg_restore` are invoked, avoiding data import. Default: `false`.
     *
     * @schema ClusterSpecBootstrapInitdbImport#schemaOnly
     */
    readonly schemaOnly?: boolean;
    /**
     * The source of the import
     *
     * @schema ClusterSpecBootstrapInitdbImport#source
     */
    readonly source: ClusterSpecBootstrapInitdbImportSource;
    /**
     * The import type. Can be `microservice` or `monolith`.
     *
     * @schema ClusterSpecBootstrapInitdbImport#type
     */
    readonly type: ClusterSpecBootstrapInitdbImportType;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbImport' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbImport(obj: ClusterSpecBootstrapInitdbImport | undefined): Record<string, any> | undefined;
/**
 * List of references to ConfigMaps or Secrets containing SQL files
 * to be executed as a superuser in the application database right after
 * the cluster has been created. The references are processed in a specific order:
 * first, all Secrets are processed, followed by all ConfigMaps.
 * Within each group, the processing order follows the sequence specified
 * in their respective arrays.
 * (by default empty)
 *
 * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs {
    /**
     * ConfigMapRefs holds a list of references to ConfigMaps
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs#configMapRefs
     */
    readonly configMapRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs[];
    /**
     * SecretRefs holds a list of references to Secrets
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs#secretRefs
     */
    readonly secretRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs[];
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs(obj: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs | undefined): Record<string, any> | undefined;
/**
 * List of references to ConfigMaps or Secrets containing SQL files
 * to be executed as a superuser in the `postgres` database right after
 * the cluster has been created. The references are processed in a specific order:
 * first, all Secrets are processed, followed by all ConfigMaps.
 * Within each group, the processing order follows the sequence specified
 * in their respective arrays.
 * (by default empty)
 *
 * @schema ClusterSpecBootstrapInitdbPostInitSqlRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitSqlRefs {
    /**
     * ConfigMapRefs holds a list of references to ConfigMaps
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefs#configMapRefs
     */
    readonly configMapRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs[];
    /**
     * SecretRefs holds a list of references to Secrets
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefs#secretRefs
     */
    readonly secretRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs[];
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitSqlRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefs(obj: ClusterSpecBootstrapInitdbPostInitSqlRefs | undefined): Record<string, any> | undefined;
/**
 * List of references to ConfigMaps or Secrets containing SQL files
 * to be executed as a superuser in the `template1` database right after
 * the cluster has been created. The references are processed in a specific order:
 * first, all Secrets are processed, followed by all ConfigMaps.
 * Within each group, the processing order follows the sequence specified
 * in their respective arrays.
 * (by default empty)
 *
 * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs {
    /**
     * ConfigMapRefs holds a list of references to ConfigMaps
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs#configMapRefs
     */
    readonly configMapRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs[];
    /**
     * SecretRefs holds a list of references to Secrets
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs#secretRefs
     */
    readonly secretRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs[];
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs(obj: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs | undefined): Record<string, any> | undefined;
/**
 * Name of the secret containing the initial credentials for the
 * owner of the user database. If empty a new secret will be
 * created from scratch
 *
 * @schema ClusterSpecBootstrapInitdbSecret
 */
export interface ClusterSpecBootstrapInitdbSecret {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbSecret' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbSecret(obj: ClusterSpecBootstrapInitdbSecret | undefined): Record<string, any> | undefined;
/**
 * Name of the secret containing the initial credentials for the
 * owner of the user database. If empty a new secret will be
 * created from scratch
 *
 * @schema ClusterSpecBootstrapPgBasebackupSecret
 */
export interface ClusterSpecBootstrapPgBasebackupSecret {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapPgBasebackupSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapPgBasebackupSecret' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapPgBasebackupSecret(obj: ClusterSpecBootstrapPgBasebackupSecret | undefined): Record<string, any> | undefined;
/**
 * The backup object containing the physical base backup from which to
 * initiate the recovery procedure.
 * Mutually exclusive with `source` and `volumeSnapshots`.
 *
 * @schema ClusterSpecBootstrapRecoveryBackup
 */
export interface ClusterSpecBootstrapRecoveryBackup {
    /**
     * EndpointCA store the CA bundle of the barman endpoint.
     * Useful when using self-signed certificates to avoid
     * errors with certificate issuer and barman-cloud-wal-archive.
     *
     * @schema ClusterSpecBootstrapRecoveryBackup#endpointCA
     */
    readonly endpointCa?: ClusterSpecBootstrapRecoveryBackupEndpointCa;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapRecoveryBackup#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryBackup' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryBackup(obj: ClusterSpecBootstrapRecoveryBackup | undefined): Record<string, any> | undefined;
/**
 * By default, the recovery process applies all the available
 * WAL files in the archive (full recovery). However, you can also
 * end the recovery as soon as a consistent state is reached or
 * recover to a point-in-time (PITR) by specifying a `RecoveryTarget` object,
 * as expected by PostgreSQL (i.e., timestamp, transaction Id, LSN, ...).
 * More info: https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET
 *
 * @schema ClusterSpecBootstrapRecoveryRecoveryTarget
 */
export interface ClusterSpecBootstrapRecoveryRecoveryTarget {
    /**
     * The ID of the backup from which to start the recovery process.
     * If empty (default) the operator will automatically detect the backup
     * based on targetTime or targetLSN if specified. Otherwise use the
     * latest available backup in chronological order.
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#backupID
     */
    readonly backupId?: string;
    /**
     * Set the target to be exclusive. If omitted, defaults to false, so that
     * in Postgres, `recovery_target_inclusive` will be true
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#exclusive
     */
    readonly exclusive?: boolean;
    /**
     * End recovery as soon as a consistent state is reached
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetImmediate
     */
    readonly targetImmediate?: boolean;
    /**
     * The target LSN (Log Sequence Number)
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetLSN
     */
    readonly targetLsn?: string;
    /**
     * The target name (to be previously created
     * with `pg_create_restore_point`)
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetName
     */
    readonly targetName?: string;
    /**
     * The target timeline ("latest" or a positive integer)
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetTLI
     */
    readonly targetTli?: string;
    /**
     * The target time as a timestamp in RFC3339 format or PostgreSQL timestamp format.
     * Timestamps without an explicit timezone are interpreted as UTC.
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetTime
     */
    readonly targetTime?: string;
    /**
     * The target transaction ID
     *
     * @schema ClusterSpecBootstrapRecoveryRecoveryTarget#targetXID
     */
    readonly targetXid?: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryRecoveryTarget' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryRecoveryTarget(obj: ClusterSpecBootstrapRecoveryRecoveryTarget | undefined): Record<string, any> | undefined;
/**
 * Name of the secret containing the initial credentials for the
 * owner of the user database. If empty a new secret will be
 * created from scratch
 *
 * @schema ClusterSpecBootstrapRecoverySecret
 */
export interface ClusterSpecBootstrapRecoverySecret {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapRecoverySecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoverySecret' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoverySecret(obj: ClusterSpecBootstrapRecoverySecret | undefined): Record<string, any> | undefined;
/**
 * The static PVC data source(s) from which to initiate the
 * recovery procedure. Currently supporting `VolumeSnapshot`
 * and `PersistentVolumeClaim` resources that map an existing
 * PVC group, compatible with CloudNativePG, and taken with
 * a cold backup copy on a fenced Postgres instance (limitation
 * which will be removed in the future when online backup
 * will be implemented).
 * Mutually exclusive with `backup`.
 *
 * @schema ClusterSpecBootstrapRecoveryVolumeSnapshots
 */
export interface ClusterSpecBootstrapRecoveryVolumeSnapshots {
    /**
     * Configuration of the storage of the instances
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshots#storage
     */
    readonly storage: ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage;
    /**
     * Configuration of the storage for PostgreSQL tablespaces
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshots#tablespaceStorage
     */
    readonly tablespaceStorage?: {
        [key: string]: ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage;
    };
    /**
     * Configuration of the storage for PostgreSQL WAL (Write-Ahead Log)
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshots#walStorage
     */
    readonly walStorage?: ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryVolumeSnapshots' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshots(obj: ClusterSpecBootstrapRecoveryVolumeSnapshots | undefined): Record<string, any> | undefined;
/**
 * Ensure the role is `present` or `absent` - defaults to "present"
 *
 * @schema ClusterSpecManagedRolesEnsure
 */
export declare enum ClusterSpecManagedRolesEnsure {
    /** present */
    PRESENT = "present",
    /** absent */
    ABSENT = "absent"
}
/**
 * Secret containing the password of the role (if present).
 * If null, the password will be ignored unless DisablePassword is set.
 * When set, the secret must follow the `kubernetes.io/basic-auth` format
 * and contain both a `username` and a `password` field.
 *
 * @schema ClusterSpecManagedRolesPasswordSecret
 */
export interface ClusterSpecManagedRolesPasswordSecret {
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecManagedRolesPasswordSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecManagedRolesPasswordSecret' to JSON representation.
 */
export declare function toJson_ClusterSpecManagedRolesPasswordSecret(obj: ClusterSpecManagedRolesPasswordSecret | undefined): Record<string, any> | undefined;
/**
 * ServiceSelectorType describes a valid value for generating the service selectors.
 * It indicates which type of service the selector applies to, such as read-write, read, or read-only
 *
 * @schema ClusterSpecManagedServicesDisabledDefaultServices
 */
export declare enum ClusterSpecManagedServicesDisabledDefaultServices {
    /** rw */
    RW = "rw",
    /** r */
    R = "r",
    /** ro */
    RO = "ro"
}
/**
 * action to perform based on the regex matching.
 *
 * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
 * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
 *
 * Default: "Replace"
 *
 * @schema ClusterSpecMonitoringPodMonitorMetricRelabelingsAction
 */
export declare enum ClusterSpecMonitoringPodMonitorMetricRelabelingsAction {
    /** replace */
    REPLACE = "replace",
    /** keep */
    KEEP = "keep",
    /** drop */
    DROP = "drop",
    /** hashmod */
    HASHMOD = "hashmod",
    /** labelmap */
    LABELMAP = "labelmap",
    /** labeldrop */
    LABELDROP = "labeldrop",
    /** labelkeep */
    LABELKEEP = "labelkeep",
    /** lowercase */
    LOWERCASE = "lowercase",
    /** uppercase */
    UPPERCASE = "uppercase",
    /** keepequal */
    KEEPEQUAL = "keepequal",
    /** dropequal */
    DROPEQUAL = "dropequal"
}
/**
 * action to perform based on the regex matching.
 *
 * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
 * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
 *
 * Default: "Replace"
 *
 * @schema ClusterSpecMonitoringPodMonitorRelabelingsAction
 */
export declare enum ClusterSpecMonitoringPodMonitorRelabelingsAction {
    /** replace */
    REPLACE = "replace",
    /** keep */
    KEEP = "keep",
    /** drop */
    DROP = "drop",
    /** hashmod */
    HASHMOD = "hashmod",
    /** labelmap */
    LABELMAP = "labelmap",
    /** labeldrop */
    LABELDROP = "labeldrop",
    /** labelkeep */
    LABELKEEP = "labelkeep",
    /** lowercase */
    LOWERCASE = "lowercase",
    /** uppercase */
    UPPERCASE = "uppercase",
    /** keepequal */
    KEEPEQUAL = "keepequal",
    /** dropequal */
    DROPEQUAL = "dropequal"
}
/**
 * A label selector requirement is a selector that contains values, a key, and an operator that
 * relates the key and values.
 *
 * @schema ClusterSpecPodSelectorRefsSelectorMatchExpressions
 */
export interface ClusterSpecPodSelectorRefsSelectorMatchExpressions {
    /**
     * key is the label key that the selector applies to.
     *
     * @schema ClusterSpecPodSelectorRefsSelectorMatchExpressions#key
     */
    readonly key: string;
    /**
     * operator represents a key's relationship to a set of values.
     * Valid operators are In, NotIn, Exists and DoesNotExist.
     *
     * @schema ClusterSpecPodSelectorRefsSelectorMatchExpressions#operator
     */
    readonly operator: string;
    /**
     * values is an array of string values. If the operator is In or NotIn,
     * the values array must be non-empty. If the operator is Exists or DoesNotExist,
     * the values array must be empty. This array is replaced during a strategic
     * merge patch.
     *
     * @schema ClusterSpecPodSelectorRefsSelectorMatchExpressions#values
     */
    readonly values?: string[];
}
/**
 * Converts an object of type 'ClusterSpecPodSelectorRefsSelectorMatchExpressions' to JSON representation.
 */
export declare function toJson_ClusterSpecPodSelectorRefsSelectorMatchExpressions(obj: ClusterSpecPodSelectorRefsSelectorMatchExpressions | undefined): Record<string, any> | undefined;
/**
 * ExtensionEnvVar defines an environment variable for a specific extension
 * image volume.
 *
 * @schema ClusterSpecPostgresqlExtensionsEnv
 */
export interface ClusterSpecPostgresqlExtensionsEnv {
    /**
     * Name of the environment variable to be injected into the
     * PostgreSQL process.
     *
     * @schema ClusterSpecPostgresqlExtensionsEnv#name
     */
    readonly name: string;
    /**
     * Value of the environment variable. CloudNativePG performs a direct
     * replacement of this value, with support for placeholder expansion.
     * The ${`image_root`} placeholder resolves to the absolute mount path
     * of the extension's volume (e.g., `/extensions/my-extension`). This
     * is particularly useful for allowing applications or libraries to
     * locate specific directories within the mounted image.
     * Unrecognized placeholders are rejected. To include a literal ${...}
     * in the value, escape it as $${...}.
     *
     * @schema ClusterSpecPostgresqlExtensionsEnv#value
     */
    readonly value: string;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlExtensionsEnv' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlExtensionsEnv(obj: ClusterSpecPostgresqlExtensionsEnv | undefined): Record<string, any> | undefined;
/**
 * The image containing the extension.
 *
 * @schema ClusterSpecPostgresqlExtensionsImage
 */
export interface ClusterSpecPostgresqlExtensionsImage {
    /**
     * Policy for pulling OCI objects. Possible values are:
     * Always: the kubelet always attempts to pull the reference. Container creation will fail If the pull fails.
     * Never: the kubelet never pulls the reference and only uses a local image or artifact. Container creation will fail if the reference isn't present.
     * IfNotPresent: the kubelet pulls if the reference isn't already present on disk. Container creation will fail if the reference isn't present and the pull fails.
     * Defaults to Always if :latest tag is specified, or IfNotPresent otherwise.
     *
     * @default Always if :latest tag is specified, or IfNotPresent otherwise.
     * @schema ClusterSpecPostgresqlExtensionsImage#pullPolicy
     */
    readonly pullPolicy?: string;
    /**
     * Required: Image or artifact reference to be used.
     * Behaves in the same way as pod.spec.containers[*].image.
     * Pull secrets will be assembled in the same way as for the container image by looking up node credentials, SA image pull secrets, and pod spec image pull secrets.
     * More info: https://kubernetes.io/docs/concepts/containers/images
     * This field is optional to allow higher level config management to default or override
     * container images in workload controllers like Deployments and StatefulSets.
     *
     * @schema ClusterSpecPostgresqlExtensionsImage#reference
     */
    readonly reference?: string;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlExtensionsImage' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlExtensionsImage(obj: ClusterSpecPostgresqlExtensionsImage | undefined): Record<string, any> | undefined;
/**
 * Bind as authentication configuration
 *
 * @schema ClusterSpecPostgresqlLdapBindAsAuth
 */
export interface ClusterSpecPostgresqlLdapBindAsAuth {
    /**
     * Prefix for the bind authentication option
     *
     * @schema ClusterSpecPostgresqlLdapBindAsAuth#prefix
     */
    readonly prefix?: string;
    /**
     * Suffix for the bind authentication option
     *
     * @schema ClusterSpecPostgresqlLdapBindAsAuth#suffix
     */
    readonly suffix?: string;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlLdapBindAsAuth' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlLdapBindAsAuth(obj: ClusterSpecPostgresqlLdapBindAsAuth | undefined): Record<string, any> | undefined;
/**
 * Bind+Search authentication configuration
 *
 * @schema ClusterSpecPostgresqlLdapBindSearchAuth
 */
export interface ClusterSpecPostgresqlLdapBindSearchAuth {
    /**
     * Root DN to begin the user search
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuth#baseDN
     */
    readonly baseDn?: string;
    /**
     * DN of the user to bind to the directory
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuth#bindDN
     */
    readonly bindDn?: string;
    /**
     * Secret with the password for the user to bind to the directory
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuth#bindPassword
     */
    readonly bindPassword?: ClusterSpecPostgresqlLdapBindSearchAuthBindPassword;
    /**
     * Attribute to match against the username
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuth#searchAttribute
     */
    readonly searchAttribute?: string;
    /**
     * Search filter to use when doing the search+bind authentication
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuth#searchFilter
     */
    readonly searchFilter?: string;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlLdapBindSearchAuth' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlLdapBindSearchAuth(obj: ClusterSpecPostgresqlLdapBindSearchAuth | undefined): Record<string, any> | undefined;
/**
 * LDAP schema to be used, possible options are `ldap` and `ldaps`
 *
 * @schema ClusterSpecPostgresqlLdapScheme
 */
export declare enum ClusterSpecPostgresqlLdapScheme {
    /** ldap */
    LDAP = "ldap",
    /** ldaps */
    LDAPS = "ldaps"
}
/**
 * If set to "required", data durability is strictly enforced. Write operations
 * with synchronous commit settings (`on`, `remote_write`, or `remote_apply`) will
 * block if there are insufficient healthy replicas, ensuring data persistence.
 * If set to "preferred", data durability is maintained when healthy replicas
 * are available, but the required number of instances will adjust dynamically
 * if replicas become unavailable. This setting relaxes strict durability enforcement
 * to allow for operational continuity. This setting is only applicable if both
 * `standbyNamesPre` and `standbyNamesPost` are unset (empty).
 *
 * @schema ClusterSpecPostgresqlSynchronousDataDurability
 */
export declare enum ClusterSpecPostgresqlSynchronousDataDurability {
    /** required */
    REQUIRED = "required",
    /** preferred */
    PREFERRED = "preferred"
}
/**
 * Method to select synchronous replication standbys from the listed
 * servers, accepting 'any' (quorum-based synchronous replication) or
 * 'first' (priority-based synchronous replication) as values.
 *
 * @schema ClusterSpecPostgresqlSynchronousMethod
 */
export declare enum ClusterSpecPostgresqlSynchronousMethod {
    /** any */
    ANY = "any",
    /** first */
    FIRST = "first"
}
/**
 * Configure the feature that extends the liveness probe for a primary
 * instance. In addition to the basic checks, this reports whether the
 * primary is isolated from the Kubernetes API server and from its
 * replicas, so the kubelet restarts it through the normal
 * container-termination path (a smart shutdown, bounded by
 * `.spec.smartShutdownTimeout`) when a network partition or API
 * unavailability is detected. Enabled by default.
 *
 * @schema ClusterSpecProbesLivenessIsolationCheck
 */
export interface ClusterSpecProbesLivenessIsolationCheck {
    /**
     * Timeout in milliseconds for connections during the primary isolation check
     *
     * @schema ClusterSpecProbesLivenessIsolationCheck#connectionTimeout
     */
    readonly connectionTimeout?: number;
    /**
     * Whether primary isolation checking is enabled for the liveness probe
     *
     * @schema ClusterSpecProbesLivenessIsolationCheck#enabled
     */
    readonly enabled?: boolean;
    /**
     * Timeout in milliseconds for requests during the primary isolation check
     *
     * @schema ClusterSpecProbesLivenessIsolationCheck#requestTimeout
     */
    readonly requestTimeout?: number;
}
/**
 * Converts an object of type 'ClusterSpecProbesLivenessIsolationCheck' to JSON representation.
 */
export declare function toJson_ClusterSpecProbesLivenessIsolationCheck(obj: ClusterSpecProbesLivenessIsolationCheck | undefined): Record<string, any> | undefined;
/**
 * Lag limit. Used only for `streaming` strategy
 *
 * @schema ClusterSpecProbesReadinessMaximumLag
 */
export declare class ClusterSpecProbesReadinessMaximumLag {
    readonly value: number | string;
    static fromNumber(value: number): ClusterSpecProbesReadinessMaximumLag;
    static fromString(value: string): ClusterSpecProbesReadinessMaximumLag;
    private constructor();
}
/**
 * The probe strategy
 *
 * @schema ClusterSpecProbesReadinessType
 */
export declare enum ClusterSpecProbesReadinessType {
    /** pg_isready */
    PG_UNDERSCORE_ISREADY = "pg_isready",
    /** streaming */
    STREAMING = "streaming",
    /** query */
    QUERY = "query"
}
/**
 * Lag limit. Used only for `streaming` strategy
 *
 * @schema ClusterSpecProbesStartupMaximumLag
 */
export declare class ClusterSpecProbesStartupMaximumLag {
    readonly value: number | string;
    static fromNumber(value: number): ClusterSpecProbesStartupMaximumLag;
    static fromString(value: string): ClusterSpecProbesStartupMaximumLag;
    private constructor();
}
/**
 * The probe strategy
 *
 * @schema ClusterSpecProbesStartupType
 */
export declare enum ClusterSpecProbesStartupType {
    /** pg_isready */
    PG_UNDERSCORE_ISREADY = "pg_isready",
    /** streaming */
    STREAMING = "streaming",
    /** query */
    QUERY = "query"
}
/**
 * The source of the import
 *
 * @schema ClusterSpecBootstrapInitdbImportSource
 */
export interface ClusterSpecBootstrapInitdbImportSource {
    /**
     * The name of the externalCluster used for import
     *
     * @schema ClusterSpecBootstrapInitdbImportSource#externalCluster
     */
    readonly externalCluster: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbImportSource' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbImportSource(obj: ClusterSpecBootstrapInitdbImportSource | undefined): Record<string, any> | undefined;
/**
 * The import type. Can be `microservice` or `monolith`.
 *
 * @schema ClusterSpecBootstrapInitdbImportType
 */
export declare enum ClusterSpecBootstrapInitdbImportType {
    /** microservice */
    MICROSERVICE = "microservice",
    /** monolith */
    MONOLITH = "monolith"
}
/**
 * ConfigMapKeySelector contains enough information to let you locate
 * the key of a ConfigMap
 *
 * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs(obj: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs | undefined): Record<string, any> | undefined;
/**
 * SecretKeySelector contains enough information to let you locate
 * the key of a Secret
 *
 * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs(obj: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs | undefined): Record<string, any> | undefined;
/**
 * ConfigMapKeySelector contains enough information to let you locate
 * the key of a ConfigMap
 *
 * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs(obj: ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs | undefined): Record<string, any> | undefined;
/**
 * SecretKeySelector contains enough information to let you locate
 * the key of a Secret
 *
 * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs(obj: ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs | undefined): Record<string, any> | undefined;
/**
 * ConfigMapKeySelector contains enough information to let you locate
 * the key of a ConfigMap
 *
 * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs(obj: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs | undefined): Record<string, any> | undefined;
/**
 * SecretKeySelector contains enough information to let you locate
 * the key of a Secret
 *
 * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs
 */
export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs(obj: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs | undefined): Record<string, any> | undefined;
/**
 * EndpointCA store the CA bundle of the barman endpoint.
 * Useful when using self-signed certificates to avoid
 * errors with certificate issuer and barman-cloud-wal-archive.
 *
 * @schema ClusterSpecBootstrapRecoveryBackupEndpointCa
 */
export interface ClusterSpecBootstrapRecoveryBackupEndpointCa {
    /**
     * The key to select
     *
     * @schema ClusterSpecBootstrapRecoveryBackupEndpointCa#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     *
     * @schema ClusterSpecBootstrapRecoveryBackupEndpointCa#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryBackupEndpointCa' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryBackupEndpointCa(obj: ClusterSpecBootstrapRecoveryBackupEndpointCa | undefined): Record<string, any> | undefined;
/**
 * Configuration of the storage of the instances
 *
 * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage
 */
export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage {
    /**
     * APIGroup is the group for the resource being referenced.
     * If APIGroup is not specified, the specified Kind must be in the core API group.
     * For any other third-party types, APIGroup is required.
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage#apiGroup
     */
    readonly apiGroup?: string;
    /**
     * Kind is the type of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage#kind
     */
    readonly kind: string;
    /**
     * Name is the name of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage(obj: ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage | undefined): Record<string, any> | undefined;
/**
 * TypedLocalObjectReference contains enough information to let you locate the
 * typed referenced object inside the same namespace.
 *
 * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage
 */
export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage {
    /**
     * APIGroup is the group for the resource being referenced.
     * If APIGroup is not specified, the specified Kind must be in the core API group.
     * For any other third-party types, APIGroup is required.
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage#apiGroup
     */
    readonly apiGroup?: string;
    /**
     * Kind is the type of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage#kind
     */
    readonly kind: string;
    /**
     * Name is the name of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage(obj: ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage | undefined): Record<string, any> | undefined;
/**
 * Configuration of the storage for PostgreSQL WAL (Write-Ahead Log)
 *
 * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage
 */
export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage {
    /**
     * APIGroup is the group for the resource being referenced.
     * If APIGroup is not specified, the specified Kind must be in the core API group.
     * For any other third-party types, APIGroup is required.
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage#apiGroup
     */
    readonly apiGroup?: string;
    /**
     * Kind is the type of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage#kind
     */
    readonly kind: string;
    /**
     * Name is the name of resource being referenced
     *
     * @schema ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage' to JSON representation.
 */
export declare function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage(obj: ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage | undefined): Record<string, any> | undefined;
/**
 * Secret with the password for the user to bind to the directory
 *
 * @schema ClusterSpecPostgresqlLdapBindSearchAuthBindPassword
 */
export interface ClusterSpecPostgresqlLdapBindSearchAuthBindPassword {
    /**
     * The key of the secret to select from.  Must be a valid secret key.
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuthBindPassword#key
     */
    readonly key: string;
    /**
     * Name of the referent.
     * This field is effectively required, but due to backwards compatibility is
     * allowed to be empty. Instances of this type with an empty value here are
     * almost certainly wrong.
     * More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuthBindPassword#name
     */
    readonly name?: string;
    /**
     * Specify whether the Secret or its key must be defined
     *
     * @schema ClusterSpecPostgresqlLdapBindSearchAuthBindPassword#optional
     */
    readonly optional?: boolean;
}
/**
 * Converts an object of type 'ClusterSpecPostgresqlLdapBindSearchAuthBindPassword' to JSON representation.
 */
export declare function toJson_ClusterSpecPostgresqlLdapBindSearchAuthBindPassword(obj: ClusterSpecPostgresqlLdapBindSearchAuthBindPassword | undefined): Record<string, any> | undefined;
/**
 * Pooler is the Schema for the poolers API
 *
 * @schema Pooler
 */
export declare class Pooler extends ApiObject {
    /**
     * Returns the apiVersion and kind for "Pooler"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "Pooler".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: PoolerProps): any;
    /**
     * Defines a "Pooler" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: PoolerProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * Pooler is the Schema for the poolers API
 *
 * @schema Pooler
 */
export interface PoolerProps {
    /**
     * @schema Pooler#metadata
     */
    readonly metadata: ApiObjectMetadata;
    /**
     * Specification of the desired behavior of the Pooler.
     * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
     *
     * @schema Pooler#spec
     */
    readonly spec: PoolerSpec;
}
/**
 * Converts an object of type 'PoolerProps' to JSON representation.
 */
export declare function toJson_PoolerProps(obj: PoolerProps | undefined): Record<string, any> | undefined;
/**
 * Specification of the desired behavior of the Pooler.
 * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
 *
 * @schema PoolerSpec
 */
export interface PoolerSpec {
    /**
     * This is the cluster reference on which the Pooler will work.
     * Pooler name should never match with any cluster name within the same namespace.
     *
     * @schema PoolerSpec#cluster
     */
    readonly cluster: PoolerSpecCluster;
    /**
     * The deployment strategy to use for pgbouncer to replace existing pods with new ones
     *
     * @schema PoolerSpec#deploymentStrategy
     */
    readonly deploymentStrategy?: PoolerSpecDeploymentStrategy;
    /**
     * The number of replicas we want. Default: 1.
     *
     * @schema PoolerSpec#instances
     */
    readonly instances?: number;
    /**
     * The configuration of the monitoring infrastructure of this pooler.
     *
     * @schema PoolerSpec#monitoring
     */
    readonly monitoring?: PoolerSpecMonitoring;
    /**
     * The PgBouncer configuration
     *
     * @schema PoolerSpec#pgbouncer
     */
    readonly pgbouncer: PoolerSpecPgbouncer;
    /**
     * Name of an existing ServiceAccount in the same namespace to use for the pooler.
     * When specified, the operator will not create a new ServiceAccount
     * but will use the provided one. This is useful for sharing a single
     * ServiceAccount across multiple poolers (e.g., for cloud IAM configurations).
     * If not specified, a ServiceAccount will be created with the pooler name.
     *
     * @schema PoolerSpec#serviceAccountName
     */
    readonly serviceAccountName?: string;
    /**
     * @schema PoolerSpec#template
     */
    readonly template?: k8s.PodTemplateSpec;
    /**
     * Type of service to forward traffic to. Default: `rw`.
     *
     * @schema PoolerSpec#type
     */
    readonly type?: PoolerSpecType;
}
/**
 * Converts an object of type 'PoolerSpec' to JSON representation.
 */
export declare function toJson_PoolerSpec(obj: PoolerSpec | undefined): Record<string, any> | undefined;
/**
 * This is the cluster reference on which the Pooler will work.
 * Pooler name should never match with any cluster name within the same namespace.
 *
 * @schema PoolerSpecCluster
 */
export interface PoolerSpecCluster {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecCluster#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecCluster' to JSON representation.
 */
export declare function toJson_PoolerSpecCluster(obj: PoolerSpecCluster | undefined): Record<string, any> | undefined;
/**
 * The deployment strategy to use for pgbouncer to replace existing pods with new ones
 *
 * @schema PoolerSpecDeploymentStrategy
 */
export interface PoolerSpecDeploymentStrategy {
    /**
     * Rolling update config params. Present only if DeploymentStrategyType =
     * RollingUpdate.
     *
     * @schema PoolerSpecDeploymentStrategy#rollingUpdate
     */
    readonly rollingUpdate?: PoolerSpecDeploymentStrategyRollingUpdate;
    /**
     * Type of deployment. Can be "Recreate" or "RollingUpdate". Default is RollingUpdate.
     *
     * @default RollingUpdate.
     * @schema PoolerSpecDeploymentStrategy#type
     */
    readonly type?: string;
}
/**
 * Converts an object of type 'PoolerSpecDeploymentStrategy' to JSON representation.
 */
export declare function toJson_PoolerSpecDeploymentStrategy(obj: PoolerSpecDeploymentStrategy | undefined): Record<string, any> | undefined;
/**
 * The configuration of the monitoring infrastructure of this pooler.
 *
 * @schema PoolerSpecMonitoring
 */
export interface PoolerSpecMonitoring {
    /**
     * Enable or disable the `PodMonitor`
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema PoolerSpecMonitoring#enablePodMonitor
     */
    readonly enablePodMonitor?: boolean;
    /**
     * The list of metric relabelings for the `PodMonitor`. Applied to samples before ingestion.
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema PoolerSpecMonitoring#podMonitorMetricRelabelings
     */
    readonly podMonitorMetricRelabelings?: PoolerSpecMonitoringPodMonitorMetricRelabelings[];
    /**
     * The list of relabelings for the `PodMonitor`. Applied to samples before scraping.
     *
     * Deprecated: This feature will be removed in an upcoming release. If
     * you need this functionality, you can create a PodMonitor manually.
     *
     * @schema PoolerSpecMonitoring#podMonitorRelabelings
     */
    readonly podMonitorRelabelings?: PoolerSpecMonitoringPodMonitorRelabelings[];
    /**
     * Configure TLS communication for the metrics endpoint.
     * Changing tls.enabled option will force a rollout of all instances.
     *
     * @schema PoolerSpecMonitoring#tls
     */
    readonly tls?: PoolerSpecMonitoringTls;
}
/**
 * Converts an object of type 'PoolerSpecMonitoring' to JSON representation.
 */
export declare function toJson_PoolerSpecMonitoring(obj: PoolerSpecMonitoring | undefined): Record<string, any> | undefined;
/**
 * The PgBouncer configuration
 *
 * @schema PoolerSpecPgbouncer
 */
export interface PoolerSpecPgbouncer {
    /**
     * The query that will be used to download the hash of the password
     * of a certain user. Default: "SELECT usename, passwd FROM public.user_search($1)".
     * In case it is specified, also an AuthQuerySecret has to be specified and
     * no automatic CNPG Cluster integration will be triggered.
     *
     * @schema PoolerSpecPgbouncer#authQuery
     */
    readonly authQuery?: string;
    /**
     * The credentials of the user that need to be used for the authentication
     * query. In case it is specified, also an AuthQuery
     * (e.g. "SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename=$1")
     * has to be specified and no automatic CNPG Cluster integration will be triggered.
     *
     * Deprecated.
     *
     * @schema PoolerSpecPgbouncer#authQuerySecret
     */
    readonly authQuerySecret?: PoolerSpecPgbouncerAuthQuerySecret;
    /**
     * ClientCASecret provides PgBouncer’s client_tls_ca_file, the root
     * CA for validating client certificates
     *
     * @schema PoolerSpecPgbouncer#clientCASecret
     */
    readonly clientCaSecret?: PoolerSpecPgbouncerClientCaSecret;
    /**
     * ClientTLSSecret provides PgBouncer’s client_tls_key_file (private key)
     * and client_tls_cert_file (certificate) used to accept client connections
     *
     * @schema PoolerSpecPgbouncer#clientTLSSecret
     */
    readonly clientTlsSecret?: PoolerSpecPgbouncerClientTlsSecret;
    /**
     * Image is the pgbouncer container image to use. When set, it takes
     * precedence over ImageCatalogRef and the operator default, but is
     * overridden by an explicit image set in the pod template.
     *
     * @schema PoolerSpecPgbouncer#image
     */
    readonly image?: string;
    /**
     * ImageCatalogRef points to an entry in an ImageCatalog or ClusterImageCatalog.
     * Mutually exclusive with Image.
     *
     * @schema PoolerSpecPgbouncer#imageCatalogRef
     */
    readonly imageCatalogRef?: PoolerSpecPgbouncerImageCatalogRef;
    /**
     * Additional parameters to be passed to PgBouncer - please check
     * the CNPG documentation for a list of options you can configure
     *
     * @schema PoolerSpecPgbouncer#parameters
     */
    readonly parameters?: {
        [key: string]: string;
    };
    /**
     * When set to `true`, PgBouncer will disconnect from the PostgreSQL
     * server, first waiting for all queries to complete, and pause all new
     * client connections until this value is set to `false` (default). Internally,
     * the operator calls PgBouncer's `PAUSE` and `RESUME` commands.
     *
     * @schema PoolerSpecPgbouncer#paused
     */
    readonly paused?: boolean;
    /**
     * PostgreSQL Host Based Authentication rules (lines to be appended
     * to the pg_hba.conf file)
     *
     * @schema PoolerSpecPgbouncer#pg_hba
     */
    readonly pgHba?: string[];
    /**
     * The pool mode. Default: `session`.
     *
     * @schema PoolerSpecPgbouncer#poolMode
     */
    readonly poolMode?: PoolerSpecPgbouncerPoolMode;
    /**
     * ServerCASecret provides PgBouncer’s server_tls_ca_file, the root
     * CA for validating PostgreSQL certificates
     *
     * @schema PoolerSpecPgbouncer#serverCASecret
     */
    readonly serverCaSecret?: PoolerSpecPgbouncerServerCaSecret;
    /**
     * ServerTLSSecret, when pointing to a TLS secret, provides pgbouncer's
     * `server_tls_key_file` and `server_tls_cert_file`, used when
     * authenticating against PostgreSQL.
     *
     * @schema PoolerSpecPgbouncer#serverTLSSecret
     */
    readonly serverTlsSecret?: PoolerSpecPgbouncerServerTlsSecret;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncer' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncer(obj: PoolerSpecPgbouncer | undefined): Record<string, any> | undefined;
/**
 * Type of service to forward traffic to. Default: `rw`.
 *
 * @schema PoolerSpecType
 */
export declare enum PoolerSpecType {
    /** rw */
    RW = "rw",
    /** ro */
    RO = "ro",
    /** r */
    R = "r"
}
/**
 * Rolling update config params. Present only if DeploymentStrategyType =
 * RollingUpdate.
 *
 * @schema PoolerSpecDeploymentStrategyRollingUpdate
 */
export interface PoolerSpecDeploymentStrategyRollingUpdate {
    /**
     * The maximum number of pods that can be scheduled above the desired number of
     * pods.
     * Value can be an absolute number (ex: 5) or a percentage of desired pods (ex: 10%).
     * This can not be 0 if MaxUnavailable is 0.
     * Absolute number is calculated from percentage by rounding up.
     * Defaults to 25%.
     * Example: when this is set to 30%, the new ReplicaSet can be scaled up immediately when
     * the rolling update starts, such that the total number of old and new pods do not exceed
     * 130% of desired pods. Once old pods have been killed,
     * new ReplicaSet can be scaled up further, ensuring that total number of pods running
     * at any time during the update is at most 130% of desired pods.
     *
     * @default 25%.
     * @schema PoolerSpecDeploymentStrategyRollingUpdate#maxSurge
     */
    readonly maxSurge?: PoolerSpecDeploymentStrategyRollingUpdateMaxSurge;
    /**
     * The maximum number of pods that can be unavailable during the update.
     * Value can be an absolute number (ex: 5) or a percentage of desired pods (ex: 10%).
     * Absolute number is calculated from percentage by rounding down.
     * This can not be 0 if MaxSurge is 0.
     * Defaults to 25%.
     * Example: when this is set to 30%, the old ReplicaSet can be scaled down to 70% of desired pods
     * immediately when the rolling update starts. Once new pods are ready, old ReplicaSet
     * can be scaled down further, followed by scaling up the new ReplicaSet, ensuring
     * that the total number of pods available at all times during the update is at
     * least 70% of desired pods.
     *
     * @default 25%.
     * @schema PoolerSpecDeploymentStrategyRollingUpdate#maxUnavailable
     */
    readonly maxUnavailable?: PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable;
}
/**
 * Converts an object of type 'PoolerSpecDeploymentStrategyRollingUpdate' to JSON representation.
 */
export declare function toJson_PoolerSpecDeploymentStrategyRollingUpdate(obj: PoolerSpecDeploymentStrategyRollingUpdate | undefined): Record<string, any> | undefined;
/**
 * RelabelConfig allows dynamic rewriting of the label set for targets, alerts,
 * scraped samples and remote write samples.
 *
 * More info: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 *
 * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings
 */
export interface PoolerSpecMonitoringPodMonitorMetricRelabelings {
    /**
     * action to perform based on the regex matching.
     *
     * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
     * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
     *
     * Default: "Replace"
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#action
     */
    readonly action?: PoolerSpecMonitoringPodMonitorMetricRelabelingsAction;
    /**
     * modulus to take of the hash of the source label values.
     *
     * Only applicable when the action is `HashMod`.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#modulus
     */
    readonly modulus?: number;
    /**
     * regex defines the regular expression against which the extracted value is matched.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#regex
     */
    readonly regex?: string;
    /**
     * replacement value against which a Replace action is performed if the
     * regular expression matches.
     *
     * Regex capture groups are available.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#replacement
     */
    readonly replacement?: string;
    /**
     * separator defines the string between concatenated SourceLabels.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#separator
     */
    readonly separator?: string;
    /**
     * sourceLabels defines the source labels select values from existing labels. Their content is
     * concatenated using the configured Separator and matched against the
     * configured regular expression.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#sourceLabels
     */
    readonly sourceLabels?: string[];
    /**
     * targetLabel defines the label to which the resulting string is written in a replacement.
     *
     * It is mandatory for `Replace`, `HashMod`, `Lowercase`, `Uppercase`,
     * `KeepEqual` and `DropEqual` actions.
     *
     * Regex capture groups are available.
     *
     * @schema PoolerSpecMonitoringPodMonitorMetricRelabelings#targetLabel
     */
    readonly targetLabel?: string;
}
/**
 * Converts an object of type 'PoolerSpecMonitoringPodMonitorMetricRelabelings' to JSON representation.
 */
export declare function toJson_PoolerSpecMonitoringPodMonitorMetricRelabelings(obj: PoolerSpecMonitoringPodMonitorMetricRelabelings | undefined): Record<string, any> | undefined;
/**
 * RelabelConfig allows dynamic rewriting of the label set for targets, alerts,
 * scraped samples and remote write samples.
 *
 * More info: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 *
 * @schema PoolerSpecMonitoringPodMonitorRelabelings
 */
export interface PoolerSpecMonitoringPodMonitorRelabelings {
    /**
     * action to perform based on the regex matching.
     *
     * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
     * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
     *
     * Default: "Replace"
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#action
     */
    readonly action?: PoolerSpecMonitoringPodMonitorRelabelingsAction;
    /**
     * modulus to take of the hash of the source label values.
     *
     * Only applicable when the action is `HashMod`.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#modulus
     */
    readonly modulus?: number;
    /**
     * regex defines the regular expression against which the extracted value is matched.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#regex
     */
    readonly regex?: string;
    /**
     * replacement value against which a Replace action is performed if the
     * regular expression matches.
     *
     * Regex capture groups are available.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#replacement
     */
    readonly replacement?: string;
    /**
     * separator defines the string between concatenated SourceLabels.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#separator
     */
    readonly separator?: string;
    /**
     * sourceLabels defines the source labels select values from existing labels. Their content is
     * concatenated using the configured Separator and matched against the
     * configured regular expression.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#sourceLabels
     */
    readonly sourceLabels?: string[];
    /**
     * targetLabel defines the label to which the resulting string is written in a replacement.
     *
     * It is mandatory for `Replace`, `HashMod`, `Lowercase`, `Uppercase`,
     * `KeepEqual` and `DropEqual` actions.
     *
     * Regex capture groups are available.
     *
     * @schema PoolerSpecMonitoringPodMonitorRelabelings#targetLabel
     */
    readonly targetLabel?: string;
}
/**
 * Converts an object of type 'PoolerSpecMonitoringPodMonitorRelabelings' to JSON representation.
 */
export declare function toJson_PoolerSpecMonitoringPodMonitorRelabelings(obj: PoolerSpecMonitoringPodMonitorRelabelings | undefined): Record<string, any> | undefined;
/**
 * Configure TLS communication for the metrics endpoint.
 * Changing tls.enabled option will force a rollout of all instances.
 *
 * @schema PoolerSpecMonitoringTls
 */
export interface PoolerSpecMonitoringTls {
    /**
     * Enable TLS for the monitoring endpoint.
     * Changing this option will force a rollout of all instances.
     *
     * @schema PoolerSpecMonitoringTls#enabled
     */
    readonly enabled?: boolean;
}
/**
 * Converts an object of type 'PoolerSpecMonitoringTls' to JSON representation.
 */
export declare function toJson_PoolerSpecMonitoringTls(obj: PoolerSpecMonitoringTls | undefined): Record<string, any> | undefined;
/**
 * The credentials of the user that need to be used for the authentication
 * query. In case it is specified, also an AuthQuery
 * (e.g. "SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename=$1")
 * has to be specified and no automatic CNPG Cluster integration will be triggered.
 *
 * Deprecated.
 *
 * @schema PoolerSpecPgbouncerAuthQuerySecret
 */
export interface PoolerSpecPgbouncerAuthQuerySecret {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecPgbouncerAuthQuerySecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerAuthQuerySecret' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerAuthQuerySecret(obj: PoolerSpecPgbouncerAuthQuerySecret | undefined): Record<string, any> | undefined;
/**
 * ClientCASecret provides PgBouncer’s client_tls_ca_file, the root
 * CA for validating client certificates
 *
 * @schema PoolerSpecPgbouncerClientCaSecret
 */
export interface PoolerSpecPgbouncerClientCaSecret {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecPgbouncerClientCaSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerClientCaSecret' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerClientCaSecret(obj: PoolerSpecPgbouncerClientCaSecret | undefined): Record<string, any> | undefined;
/**
 * ClientTLSSecret provides PgBouncer’s client_tls_key_file (private key)
 * and client_tls_cert_file (certificate) used to accept client connections
 *
 * @schema PoolerSpecPgbouncerClientTlsSecret
 */
export interface PoolerSpecPgbouncerClientTlsSecret {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecPgbouncerClientTlsSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerClientTlsSecret' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerClientTlsSecret(obj: PoolerSpecPgbouncerClientTlsSecret | undefined): Record<string, any> | undefined;
/**
 * ImageCatalogRef points to an entry in an ImageCatalog or ClusterImageCatalog.
 * Mutually exclusive with Image.
 *
 * @schema PoolerSpecPgbouncerImageCatalogRef
 */
export interface PoolerSpecPgbouncerImageCatalogRef {
    /**
     * APIGroup is the group for the resource being referenced.
     * If APIGroup is not specified, the specified Kind must be in the core API group.
     * For any other third-party types, APIGroup is required.
     *
     * @schema PoolerSpecPgbouncerImageCatalogRef#apiGroup
     */
    readonly apiGroup?: string;
    /**
     * Key identifies the entry within the catalog's componentImages list.
     *
     * @schema PoolerSpecPgbouncerImageCatalogRef#key
     */
    readonly key: string;
    /**
     * Kind is the type of resource being referenced
     *
     * @schema PoolerSpecPgbouncerImageCatalogRef#kind
     */
    readonly kind: string;
    /**
     * Name is the name of resource being referenced
     *
     * @schema PoolerSpecPgbouncerImageCatalogRef#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerImageCatalogRef' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerImageCatalogRef(obj: PoolerSpecPgbouncerImageCatalogRef | undefined): Record<string, any> | undefined;
/**
 * The pool mode. Default: `session`.
 *
 * @schema PoolerSpecPgbouncerPoolMode
 */
export declare enum PoolerSpecPgbouncerPoolMode {
    /** session */
    SESSION = "session",
    /** transaction */
    TRANSACTION = "transaction"
}
/**
 * ServerCASecret provides PgBouncer’s server_tls_ca_file, the root
 * CA for validating PostgreSQL certificates
 *
 * @schema PoolerSpecPgbouncerServerCaSecret
 */
export interface PoolerSpecPgbouncerServerCaSecret {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecPgbouncerServerCaSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerServerCaSecret' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerServerCaSecret(obj: PoolerSpecPgbouncerServerCaSecret | undefined): Record<string, any> | undefined;
/**
 * ServerTLSSecret, when pointing to a TLS secret, provides pgbouncer's
 * `server_tls_key_file` and `server_tls_cert_file`, used when
 * authenticating against PostgreSQL.
 *
 * @schema PoolerSpecPgbouncerServerTlsSecret
 */
export interface PoolerSpecPgbouncerServerTlsSecret {
    /**
     * Name of the referent.
     *
     * @schema PoolerSpecPgbouncerServerTlsSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'PoolerSpecPgbouncerServerTlsSecret' to JSON representation.
 */
export declare function toJson_PoolerSpecPgbouncerServerTlsSecret(obj: PoolerSpecPgbouncerServerTlsSecret | undefined): Record<string, any> | undefined;
/**
 * The maximum number of pods that can be scheduled above the desired number of
 * pods.
 * Value can be an absolute number (ex: 5) or a percentage of desired pods (ex: 10%).
 * This can not be 0 if MaxUnavailable is 0.
 * Absolute number is calculated from percentage by rounding up.
 * Defaults to 25%.
 * Example: when this is set to 30%, the new ReplicaSet can be scaled up immediately when
 * the rolling update starts, such that the total number of old and new pods do not exceed
 * 130% of desired pods. Once old pods have been killed,
 * new ReplicaSet can be scaled up further, ensuring that total number of pods running
 * at any time during the update is at most 130% of desired pods.
 *
 * @default 25%.
 * @schema PoolerSpecDeploymentStrategyRollingUpdateMaxSurge
 */
export declare class PoolerSpecDeploymentStrategyRollingUpdateMaxSurge {
    readonly value: number | string;
    static fromNumber(value: number): PoolerSpecDeploymentStrategyRollingUpdateMaxSurge;
    static fromString(value: string): PoolerSpecDeploymentStrategyRollingUpdateMaxSurge;
    private constructor();
}
/**
 * The maximum number of pods that can be unavailable during the update.
 * Value can be an absolute number (ex: 5) or a percentage of desired pods (ex: 10%).
 * Absolute number is calculated from percentage by rounding down.
 * This can not be 0 if MaxSurge is 0.
 * Defaults to 25%.
 * Example: when this is set to 30%, the old ReplicaSet can be scaled down to 70% of desired pods
 * immediately when the rolling update starts. Once new pods are ready, old ReplicaSet
 * can be scaled down further, followed by scaling up the new ReplicaSet, ensuring
 * that the total number of pods available at all times during the update is at
 * least 70% of desired pods.
 *
 * @default 25%.
 * @schema PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable
 */
export declare class PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable {
    readonly value: number | string;
    static fromNumber(value: number): PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable;
    static fromString(value: string): PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable;
    private constructor();
}
/**
 * action to perform based on the regex matching.
 *
 * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
 * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
 *
 * Default: "Replace"
 *
 * @schema PoolerSpecMonitoringPodMonitorMetricRelabelingsAction
 */
export declare enum PoolerSpecMonitoringPodMonitorMetricRelabelingsAction {
    /** replace */
    REPLACE = "replace",
    /** keep */
    KEEP = "keep",
    /** drop */
    DROP = "drop",
    /** hashmod */
    HASHMOD = "hashmod",
    /** labelmap */
    LABELMAP = "labelmap",
    /** labeldrop */
    LABELDROP = "labeldrop",
    /** labelkeep */
    LABELKEEP = "labelkeep",
    /** lowercase */
    LOWERCASE = "lowercase",
    /** uppercase */
    UPPERCASE = "uppercase",
    /** keepequal */
    KEEPEQUAL = "keepequal",
    /** dropequal */
    DROPEQUAL = "dropequal"
}
/**
 * action to perform based on the regex matching.
 *
 * `Uppercase` and `Lowercase` actions require Prometheus >= v2.36.0.
 * `DropEqual` and `KeepEqual` actions require Prometheus >= v2.41.0.
 *
 * Default: "Replace"
 *
 * @schema PoolerSpecMonitoringPodMonitorRelabelingsAction
 */
export declare enum PoolerSpecMonitoringPodMonitorRelabelingsAction {
    /** replace */
    REPLACE = "replace",
    /** keep */
    KEEP = "keep",
    /** drop */
    DROP = "drop",
    /** hashmod */
    HASHMOD = "hashmod",
    /** labelmap */
    LABELMAP = "labelmap",
    /** labeldrop */
    LABELDROP = "labeldrop",
    /** labelkeep */
    LABELKEEP = "labelkeep",
    /** lowercase */
    LOWERCASE = "lowercase",
    /** uppercase */
    UPPERCASE = "uppercase",
    /** keepequal */
    KEEPEQUAL = "keepequal",
    /** dropequal */
    DROPEQUAL = "dropequal"
}
/**
 * ScheduledBackup is the Schema for the scheduledbackups API
 *
 * @schema ScheduledBackup
 */
export declare class ScheduledBackup extends ApiObject {
    /**
     * Returns the apiVersion and kind for "ScheduledBackup"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "ScheduledBackup".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: ScheduledBackupProps): any;
    /**
     * Defines a "ScheduledBackup" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: ScheduledBackupProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * ScheduledBackup is the Schema for the scheduledbackups API
 *
 * @schema ScheduledBackup
 */
export interface ScheduledBackupProps {
    /**
     * @schema ScheduledBackup#metadata
     */
    readonly metadata: ApiObjectMetadata;
    /**
     * Specification of the desired behavior of the ScheduledBackup.
     * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
     *
     * @schema ScheduledBackup#spec
     */
    readonly spec: ScheduledBackupSpec;
}
/**
 * Converts an object of type 'ScheduledBackupProps' to JSON representation.
 */
export declare function toJson_ScheduledBackupProps(obj: ScheduledBackupProps | undefined): Record<string, any> | undefined;
/**
 * Specification of the desired behavior of the ScheduledBackup.
 * More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
 *
 * @schema ScheduledBackupSpec
 */
export interface ScheduledBackupSpec {
    /**
     * Indicates which ownerReference should be put inside the created backup resources.<br />
     * - none: no owner reference for created backup objects (same behavior as before the field was introduced)<br />
     * - self: sets the Scheduled backup object as owner of the backup<br />
     * - cluster: set the cluster as owner of the backup<br />
     *
     * @schema ScheduledBackupSpec#backupOwnerReference
     */
    readonly backupOwnerReference?: ScheduledBackupSpecBackupOwnerReference;
    /**
     * The cluster to backup
     *
     * @schema ScheduledBackupSpec#cluster
     */
    readonly cluster: ScheduledBackupSpecCluster;
    /**
     * If the first backup has to be immediately start after creation or not
     *
     * @schema ScheduledBackupSpec#immediate
     */
    readonly immediate?: boolean;
    /**
     * The backup method to be used, possible options are `barmanObjectStore`,
     * `volumeSnapshot` or `plugin`. Defaults to: `barmanObjectStore`.
     *
     * @default barmanObjectStore`.
     * @schema ScheduledBackupSpec#method
     */
    readonly method?: ScheduledBackupSpecMethod;
    /**
     * Whether the default type of backup with volume snapshots is
     * online/hot (`true`, default) or offline/cold (`false`)
     * Overrides the default setting specified in the cluster field '.spec.backup.volumeSnapshot.online'
     *
     * @schema ScheduledBackupSpec#online
     */
    readonly online?: boolean;
    /**
     * Configuration parameters to control the online/hot backup with volume snapshots
     * Overrides the default settings specified in the cluster '.backup.volumeSnapshot.onlineConfiguration' stanza
     *
     * @schema ScheduledBackupSpec#onlineConfiguration
     */
    readonly onlineConfiguration?: ScheduledBackupSpecOnlineConfiguration;
    /**
     * Configuration parameters passed to the plugin managing this backup
     *
     * @schema ScheduledBackupSpec#pluginConfiguration
     */
    readonly pluginConfiguration?: ScheduledBackupSpecPluginConfiguration;
    /**
     * The schedule does not follow the same format used in Kubernetes CronJobs
     * as it includes an additional seconds specifier,
     * see https://pkg.go.dev/github.com/robfig/cron#hdr-CRON_Expression_Format
     *
     * @schema ScheduledBackupSpec#schedule
     */
    readonly schedule: string;
    /**
     * If this backup is suspended or not
     *
     * @schema ScheduledBackupSpec#suspend
     */
    readonly suspend?: boolean;
    /**
     * The policy to decide which instance should perform this backup. If empty,
     * it defaults to `cluster.spec.backup.target`.
     * Available options are empty string, `primary` and `prefer-standby`.
     * `primary` to have backups run always on primary instances,
     * `prefer-standby` to have backups run preferably on the most updated
     * standby, if available.
     *
     * @schema ScheduledBackupSpec#target
     */
    readonly target?: ScheduledBackupSpecTarget;
}
/**
 * Converts an object of type 'ScheduledBackupSpec' to JSON representation.
 */
export declare function toJson_ScheduledBackupSpec(obj: ScheduledBackupSpec | undefined): Record<string, any> | undefined;
/**
 * Indicates which ownerReference should be put inside the created backup resources.<br />
 * - none: no owner reference for created backup objects (same behavior as before the field was introduced)<br />
 * - self: sets the Scheduled backup object as owner of the backup<br />
 * - cluster: set the cluster as owner of the backup<br />
 *
 * @schema ScheduledBackupSpecBackupOwnerReference
 */
export declare enum ScheduledBackupSpecBackupOwnerReference {
    /** none */
    NONE = "none",
    /** self */
    SELF = "self",
    /** cluster */
    CLUSTER = "cluster"
}
/**
 * The cluster to backup
 *
 * @schema ScheduledBackupSpecCluster
 */
export interface ScheduledBackupSpecCluster {
    /**
     * Name of the referent.
     *
     * @schema ScheduledBackupSpecCluster#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ScheduledBackupSpecCluster' to JSON representation.
 */
export declare function toJson_ScheduledBackupSpecCluster(obj: ScheduledBackupSpecCluster | undefined): Record<string, any> | undefined;
/**
 * The backup method to be used, possible options are `barmanObjectStore`,
 * `volumeSnapshot` or `plugin`. Defaults to: `barmanObjectStore`.
 *
 * @default barmanObjectStore`.
 * @schema ScheduledBackupSpecMethod
 */
export declare enum ScheduledBackupSpecMethod {
    /** barmanObjectStore */
    BARMAN_OBJECT_STORE = "barmanObjectStore",
    /** volumeSnapshot */
    VOLUME_SNAPSHOT = "volumeSnapshot",
    /** plugin */
    PLUGIN = "plugin"
}
/**
 * Configuration parameters to control the online/hot backup with volume snapshots
 * Overrides the default settings specified in the cluster '.backup.volumeSnapshot.onlineConfiguration' stanza
 *
 * @schema ScheduledBackupSpecOnlineConfiguration
 */
export interface ScheduledBackupSpecOnlineConfiguration {
    /**
     * Control whether the I/O workload for the backup initial checkpoint will
     * be limited, according to the `checkpoint_completion_target` setting on
     * the PostgreSQL server. If set to true, an immediate checkpoint will be
     * used, meaning PostgreSQL will complete the checkpoint as soon as
     * possible. `false` by default.
     *
     * @schema ScheduledBackupSpecOnlineConfiguration#immediateCheckpoint
     */
    readonly immediateCheckpoint?: boolean;
    /**
     * If false, the function will return immediately after the backup is completed,
     * without waiting for WAL to be archived.
     * This behavior is only useful with backup software that independently monitors WAL archiving.
     * Otherwise, WAL required to make the backup consistent might be missing and make the backup useless.
     * By default, or when this parameter is true, pg_backup_stop will wait for WAL to be archived when archiving is
     * enabled.
     * On a standby, this means that it will wait only when archive_mode = always.
     * If write activity on the primary is low, it may be useful to run pg_switch_wal on the primary in order to trigger
     * an immediate segment switch.
     *
     * @schema ScheduledBackupSpecOnlineConfiguration#waitForArchive
     */
    readonly waitForArchive?: boolean;
}
/**
 * Converts an object of type 'ScheduledBackupSpecOnlineConfiguration' to JSON representation.
 */
export declare function toJson_ScheduledBackupSpecOnlineConfiguration(obj: ScheduledBackupSpecOnlineConfiguration | undefined): Record<string, any> | undefined;
/**
 * Configuration parameters passed to the plugin managing this backup
 *
 * @schema ScheduledBackupSpecPluginConfiguration
 */
export interface ScheduledBackupSpecPluginConfiguration {
    /**
     * Name is the name of the plugin managing this backup
     *
     * @schema ScheduledBackupSpecPluginConfiguration#name
     */
    readonly name: string;
    /**
     * Parameters are the configuration parameters passed to the backup
     * plugin for this backup
     *
     * @schema ScheduledBackupSpecPluginConfiguration#parameters
     */
    readonly parameters?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ScheduledBackupSpecPluginConfiguration' to JSON representation.
 */
export declare function toJson_ScheduledBackupSpecPluginConfiguration(obj: ScheduledBackupSpecPluginConfiguration | undefined): Record<string, any> | undefined;
/**
 * The policy to decide which instance should perform this backup. If empty,
 * it defaults to `cluster.spec.backup.target`.
 * Available options are empty string, `primary` and `prefer-standby`.
 * `primary` to have backups run always on primary instances,
 * `prefer-standby` to have backups run preferably on the most updated
 * standby, if available.
 *
 * @schema ScheduledBackupSpecTarget
 */
export declare enum ScheduledBackupSpecTarget {
    /** primary */
    PRIMARY = "primary",
    /** prefer-standby */
    PREFER_HYPHEN_STANDBY = "prefer-standby"
}
