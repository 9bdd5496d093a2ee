import { k8s } from 'cdk8s-plus-28';
import { ApiObject } from 'cdk8s';
export class Cluster extends ApiObject {
    static GVK = {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
    };
    static manifest(props) {
        return {
            ...Cluster.GVK,
            ...toJson_ClusterProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...Cluster.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...Cluster.GVK,
            ...toJson_ClusterProps(resolved),
        };
    }
}
export function toJson_ClusterProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_ClusterSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'affinity': toJson_ClusterSpecAffinity(obj.affinity),
        'bootstrap': toJson_ClusterSpecBootstrap(obj.bootstrap),
        'certificates': toJson_ClusterSpecCertificates(obj.certificates),
        'description': obj.description,
        'enablePDB': obj.enablePdb,
        'enableSuperuserAccess': obj.enableSuperuserAccess,
        'env': obj.env?.map(y => k8s.toJson_EnvVar(y)),
        'envFrom': obj.envFrom?.map(y => k8s.toJson_EnvFromSource(y)),
        'ephemeralVolumeSource': k8s.toJson_EphemeralVolumeSource(obj.ephemeralVolumeSource),
        'ephemeralVolumesSizeLimit': toJson_ClusterSpecEphemeralVolumesSizeLimit(obj.ephemeralVolumesSizeLimit),
        'externalClusters': obj.externalClusters?.map(y => toJson_ClusterSpecExternalClusters(y)),
        'failoverDelay': obj.failoverDelay,
        'imageCatalogRef': toJson_ClusterSpecImageCatalogRef(obj.imageCatalogRef),
        'imageName': obj.imageName,
        'imagePullPolicy': obj.imagePullPolicy,
        'imagePullSecrets': obj.imagePullSecrets?.map(y => toJson_ClusterSpecImagePullSecrets(y)),
        'inheritedMetadata': toJson_ClusterSpecInheritedMetadata(obj.inheritedMetadata),
        'instances': obj.instances,
        'livenessProbeTimeout': obj.livenessProbeTimeout,
        'logLevel': obj.logLevel,
        'managed': toJson_ClusterSpecManaged(obj.managed),
        'maxSyncReplicas': obj.maxSyncReplicas,
        'minSyncReplicas': obj.minSyncReplicas,
        'monitoring': toJson_ClusterSpecMonitoring(obj.monitoring),
        'nodeMaintenanceWindow': toJson_ClusterSpecNodeMaintenanceWindow(obj.nodeMaintenanceWindow),
        'plugins': obj.plugins?.map(y => toJson_ClusterSpecPlugins(y)),
        'podSecurityContext': k8s.toJson_PodSecurityContext(obj.podSecurityContext),
        'podSelectorRefs': obj.podSelectorRefs?.map(y => toJson_ClusterSpecPodSelectorRefs(y)),
        'postgresGID': obj.postgresGid,
        'postgresUID': obj.postgresUid,
        'postgresql': toJson_ClusterSpecPostgresql(obj.postgresql),
        'primaryLease': toJson_ClusterSpecPrimaryLease(obj.primaryLease),
        'primaryUpdateMethod': obj.primaryUpdateMethod,
        'primaryUpdateStrategy': obj.primaryUpdateStrategy,
        'priorityClassName': obj.priorityClassName,
        'probes': toJson_ClusterSpecProbes(obj.probes),
        'projectedVolumeTemplate': k8s.toJson_ProjectedVolumeSource(obj.projectedVolumeTemplate),
        'replica': toJson_ClusterSpecReplica(obj.replica),
        'replicationSlots': toJson_ClusterSpecReplicationSlots(obj.replicationSlots),
        'resources': k8s.toJson_ResourceRequirements(obj.resources),
        'schedulerName': obj.schedulerName,
        'seccompProfile': k8s.toJson_SeccompProfile(obj.seccompProfile),
        'securityContext': k8s.toJson_SecurityContext(obj.securityContext),
        'serviceAccountName': obj.serviceAccountName,
        'serviceAccountTemplate': toJson_ClusterSpecServiceAccountTemplate(obj.serviceAccountTemplate),
        'smartShutdownTimeout': obj.smartShutdownTimeout,
        'startDelay': obj.startDelay,
        'stopDelay': obj.stopDelay,
        'storage': toJson_ClusterSpecStorage(obj.storage),
        'superuserSecret': toJson_ClusterSpecSuperuserSecret(obj.superuserSecret),
        'switchoverDelay': obj.switchoverDelay,
        'topologySpreadConstraints': obj.topologySpreadConstraints?.map(y => k8s.toJson_TopologySpreadConstraint(y)),
        'walStorage': toJson_ClusterSpecWalStorage(obj.walStorage),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecAffinity(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enablePodAntiAffinity': obj.enablePodAntiAffinity,
        'nodeAffinity': k8s.toJson_NodeAffinity(obj.nodeAffinity),
        'nodeSelector': ((obj.nodeSelector) === undefined) ? undefined : (Object.entries(obj.nodeSelector).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'podAntiAffinityType': obj.podAntiAffinityType,
        'tolerations': obj.tolerations?.map(y => k8s.toJson_Toleration(y)),
        'topologyKey': obj.topologyKey,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrap(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'initdb': toJson_ClusterSpecBootstrapInitdb(obj.initdb),
        'pg_basebackup': toJson_ClusterSpecBootstrapPgBasebackup(obj.pgBasebackup),
        'recovery': toJson_ClusterSpecBootstrapRecovery(obj.recovery),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecCertificates(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'clientCASecret': obj.clientCaSecret,
        'replicationTLSSecret': obj.replicationTlsSecret,
        'serverAltDNSNames': obj.serverAltDnsNames?.map(y => y),
        'serverCASecret': obj.serverCaSecret,
        'serverTLSSecret': obj.serverTlsSecret,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecEphemeralVolumesSizeLimit(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'shm': obj.shm?.value,
        'temporaryData': obj.temporaryData?.value,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecExternalClusters(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'connectionParameters': ((obj.connectionParameters) === undefined) ? undefined : (Object.entries(obj.connectionParameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'name': obj.name,
        'password': toJson_ClusterSpecExternalClustersPassword(obj.password),
        'plugin': toJson_ClusterSpecExternalClustersPlugin(obj.plugin),
        'sslCert': toJson_ClusterSpecExternalClustersSslCert(obj.sslCert),
        'sslKey': toJson_ClusterSpecExternalClustersSslKey(obj.sslKey),
        'sslRootCert': toJson_ClusterSpecExternalClustersSslRootCert(obj.sslRootCert),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecImageCatalogRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'apiGroup': obj.apiGroup,
        'kind': obj.kind,
        'major': obj.major,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecImagePullSecrets(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecInheritedMetadata(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'annotations': ((obj.annotations) === undefined) ? undefined : (Object.entries(obj.annotations).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'labels': ((obj.labels) === undefined) ? undefined : (Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecLogLevel;
(function (ClusterSpecLogLevel) {
    ClusterSpecLogLevel["ERROR"] = "error";
    ClusterSpecLogLevel["WARNING"] = "warning";
    ClusterSpecLogLevel["INFO"] = "info";
    ClusterSpecLogLevel["DEBUG"] = "debug";
    ClusterSpecLogLevel["TRACE"] = "trace";
})(ClusterSpecLogLevel || (ClusterSpecLogLevel = {}));
export function toJson_ClusterSpecManaged(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'roles': obj.roles?.map(y => toJson_ClusterSpecManagedRoles(y)),
        'services': toJson_ClusterSpecManagedServices(obj.services),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoring(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'customQueriesConfigMap': obj.customQueriesConfigMap?.map(y => toJson_ClusterSpecMonitoringCustomQueriesConfigMap(y)),
        'customQueriesSecret': obj.customQueriesSecret?.map(y => toJson_ClusterSpecMonitoringCustomQueriesSecret(y)),
        'disableDefaultQueries': obj.disableDefaultQueries,
        'enablePodMonitor': obj.enablePodMonitor,
        'metricsQueriesTTL': obj.metricsQueriesTtl,
        'podMonitorMetricRelabelings': obj.podMonitorMetricRelabelings?.map(y => toJson_ClusterSpecMonitoringPodMonitorMetricRelabelings(y)),
        'podMonitorRelabelings': obj.podMonitorRelabelings?.map(y => toJson_ClusterSpecMonitoringPodMonitorRelabelings(y)),
        'tls': toJson_ClusterSpecMonitoringTls(obj.tls),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecNodeMaintenanceWindow(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'inProgress': obj.inProgress,
        'reusePVC': obj.reusePvc,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPlugins(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'isWALArchiver': obj.isWalArchiver,
        'name': obj.name,
        'parameters': ((obj.parameters) === undefined) ? undefined : (Object.entries(obj.parameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPodSelectorRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
        'selector': toJson_ClusterSpecPodSelectorRefsSelector(obj.selector),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresql(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enableAlterSystem': obj.enableAlterSystem,
        'extensions': obj.extensions?.map(y => toJson_ClusterSpecPostgresqlExtensions(y)),
        'ldap': toJson_ClusterSpecPostgresqlLdap(obj.ldap),
        'parameters': ((obj.parameters) === undefined) ? undefined : (Object.entries(obj.parameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'pg_hba': obj.pgHba?.map(y => y),
        'pg_ident': obj.pgIdent?.map(y => y),
        'promotionTimeout': obj.promotionTimeout,
        'shared_preload_libraries': obj.sharedPreloadLibraries?.map(y => y),
        'syncReplicaElectionConstraint': toJson_ClusterSpecPostgresqlSyncReplicaElectionConstraint(obj.syncReplicaElectionConstraint),
        'synchronous': toJson_ClusterSpecPostgresqlSynchronous(obj.synchronous),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPrimaryLease(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'leaseDurationSeconds': obj.leaseDurationSeconds,
        'releasedLeaseDurationSeconds': obj.releasedLeaseDurationSeconds,
        'renewDeadlineSeconds': obj.renewDeadlineSeconds,
        'retryPeriodSeconds': obj.retryPeriodSeconds,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecPrimaryUpdateMethod;
(function (ClusterSpecPrimaryUpdateMethod) {
    ClusterSpecPrimaryUpdateMethod["SWITCHOVER"] = "switchover";
    ClusterSpecPrimaryUpdateMethod["RESTART"] = "restart";
})(ClusterSpecPrimaryUpdateMethod || (ClusterSpecPrimaryUpdateMethod = {}));
export var ClusterSpecPrimaryUpdateStrategy;
(function (ClusterSpecPrimaryUpdateStrategy) {
    ClusterSpecPrimaryUpdateStrategy["UNSUPERVISED"] = "unsupervised";
    ClusterSpecPrimaryUpdateStrategy["SUPERVISED"] = "supervised";
})(ClusterSpecPrimaryUpdateStrategy || (ClusterSpecPrimaryUpdateStrategy = {}));
export function toJson_ClusterSpecProbes(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'liveness': toJson_ClusterSpecProbesLiveness(obj.liveness),
        'readiness': toJson_ClusterSpecProbesReadiness(obj.readiness),
        'startup': toJson_ClusterSpecProbesStartup(obj.startup),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecReplica(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'minApplyDelay': obj.minApplyDelay,
        'primary': obj.primary,
        'promotionToken': obj.promotionToken,
        'self': obj.self,
        'source': obj.source,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecReplicationSlots(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'highAvailability': toJson_ClusterSpecReplicationSlotsHighAvailability(obj.highAvailability),
        'synchronizeReplicas': toJson_ClusterSpecReplicationSlotsSynchronizeReplicas(obj.synchronizeReplicas),
        'updateInterval': obj.updateInterval,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecServiceAccountTemplate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': toJson_ClusterSpecServiceAccountTemplateMetadata(obj.metadata),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'pvcTemplate': k8s.toJson_PersistentVolumeClaimSpec(obj.pvcTemplate),
        'resizeInUseVolumes': obj.resizeInUseVolumes,
        'size': obj.size,
        'storageClass': obj.storageClass,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecSuperuserSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecWalStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'pvcTemplate': k8s.toJson_PersistentVolumeClaimSpec(obj.pvcTemplate),
        'resizeInUseVolumes': obj.resizeInUseVolumes,
        'size': obj.size,
        'storageClass': obj.storageClass,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdb(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'builtinLocale': obj.builtinLocale,
        'dataChecksums': obj.dataChecksums,
        'database': obj.database,
        'encoding': obj.encoding,
        'icuLocale': obj.icuLocale,
        'icuRules': obj.icuRules,
        'import': toJson_ClusterSpecBootstrapInitdbImport(obj.import),
        'locale': obj.locale,
        'localeCType': obj.localeCType,
        'localeCollate': obj.localeCollate,
        'localeProvider': obj.localeProvider,
        'options': obj.options?.map(y => y),
        'owner': obj.owner,
        'postInitApplicationSQL': obj.postInitApplicationSql?.map(y => y),
        'postInitApplicationSQLRefs': toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs(obj.postInitApplicationSqlRefs),
        'postInitSQL': obj.postInitSql?.map(y => y),
        'postInitSQLRefs': toJson_ClusterSpecBootstrapInitdbPostInitSqlRefs(obj.postInitSqlRefs),
        'postInitTemplateSQL': obj.postInitTemplateSql?.map(y => y),
        'postInitTemplateSQLRefs': toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs(obj.postInitTemplateSqlRefs),
        'secret': toJson_ClusterSpecBootstrapInitdbSecret(obj.secret),
        'walSegmentSize': obj.walSegmentSize,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapPgBasebackup(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'database': obj.database,
        'owner': obj.owner,
        'secret': toJson_ClusterSpecBootstrapPgBasebackupSecret(obj.secret),
        'source': obj.source,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecovery(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'backup': toJson_ClusterSpecBootstrapRecoveryBackup(obj.backup),
        'database': obj.database,
        'owner': obj.owner,
        'recoveryTarget': toJson_ClusterSpecBootstrapRecoveryRecoveryTarget(obj.recoveryTarget),
        'secret': toJson_ClusterSpecBootstrapRecoverySecret(obj.secret),
        'source': obj.source,
        'volumeSnapshots': toJson_ClusterSpecBootstrapRecoveryVolumeSnapshots(obj.volumeSnapshots),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export class ClusterSpecEphemeralVolumesSizeLimitShm {
    value;
    static fromNumber(value) {
        return new ClusterSpecEphemeralVolumesSizeLimitShm(value);
    }
    static fromString(value) {
        return new ClusterSpecEphemeralVolumesSizeLimitShm(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export class ClusterSpecEphemeralVolumesSizeLimitTemporaryData {
    value;
    static fromNumber(value) {
        return new ClusterSpecEphemeralVolumesSizeLimitTemporaryData(value);
    }
    static fromString(value) {
        return new ClusterSpecEphemeralVolumesSizeLimitTemporaryData(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export function toJson_ClusterSpecExternalClustersPassword(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
        'optional': obj.optional,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecExternalClustersPlugin(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'isWALArchiver': obj.isWalArchiver,
        'name': obj.name,
        'parameters': ((obj.parameters) === undefined) ? undefined : (Object.entries(obj.parameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecExternalClustersSslCert(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
        'optional': obj.optional,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecExternalClustersSslKey(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
        'optional': obj.optional,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecExternalClustersSslRootCert(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
        'optional': obj.optional,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecManagedRoles(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'bypassrls': obj.bypassrls,
        'comment': obj.comment,
        'connectionLimit': obj.connectionLimit,
        'createdb': obj.createdb,
        'createrole': obj.createrole,
        'disablePassword': obj.disablePassword,
        'ensure': obj.ensure,
        'inRoles': obj.inRoles?.map(y => y),
        'inherit': obj.inherit,
        'login': obj.login,
        'name': obj.name,
        'passwordSecret': toJson_ClusterSpecManagedRolesPasswordSecret(obj.passwordSecret),
        'replication': obj.replication,
        'superuser': obj.superuser,
        'validUntil': obj.validUntil?.toISOString(),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecManagedServices(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'disabledDefaultServices': obj.disabledDefaultServices?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoringCustomQueriesConfigMap(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoringCustomQueriesSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoringPodMonitorMetricRelabelings(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'action': obj.action,
        'modulus': obj.modulus,
        'regex': obj.regex,
        'replacement': obj.replacement,
        'separator': obj.separator,
        'sourceLabels': obj.sourceLabels?.map(y => y),
        'targetLabel': obj.targetLabel,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoringPodMonitorRelabelings(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'action': obj.action,
        'modulus': obj.modulus,
        'regex': obj.regex,
        'replacement': obj.replacement,
        'separator': obj.separator,
        'sourceLabels': obj.sourceLabels?.map(y => y),
        'targetLabel': obj.targetLabel,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecMonitoringTls(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPodSelectorRefsSelector(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'matchExpressions': obj.matchExpressions?.map(y => toJson_ClusterSpecPodSelectorRefsSelectorMatchExpressions(y)),
        'matchLabels': ((obj.matchLabels) === undefined) ? undefined : (Object.entries(obj.matchLabels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlExtensions(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'bin_path': obj.binPath?.map(y => y),
        'dynamic_library_path': obj.dynamicLibraryPath?.map(y => y),
        'env': obj.env?.map(y => toJson_ClusterSpecPostgresqlExtensionsEnv(y)),
        'extension_control_path': obj.extensionControlPath?.map(y => y),
        'image': toJson_ClusterSpecPostgresqlExtensionsImage(obj.image),
        'ld_library_path': obj.ldLibraryPath?.map(y => y),
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlLdap(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'bindAsAuth': toJson_ClusterSpecPostgresqlLdapBindAsAuth(obj.bindAsAuth),
        'bindSearchAuth': toJson_ClusterSpecPostgresqlLdapBindSearchAuth(obj.bindSearchAuth),
        'port': obj.port,
        'scheme': obj.scheme,
        'server': obj.server,
        'tls': obj.tls,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlSyncReplicaElectionConstraint(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'nodeLabelsAntiAffinity': obj.nodeLabelsAntiAffinity?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlSynchronous(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'dataDurability': obj.dataDurability,
        'failoverQuorum': obj.failoverQuorum,
        'maxStandbyNamesFromCluster': obj.maxStandbyNamesFromCluster,
        'method': obj.method,
        'number': obj.number,
        'standbyNamesPost': obj.standbyNamesPost?.map(y => y),
        'standbyNamesPre': obj.standbyNamesPre?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecProbesLiveness(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'failureThreshold': obj.failureThreshold,
        'initialDelaySeconds': obj.initialDelaySeconds,
        'isolationCheck': toJson_ClusterSpecProbesLivenessIsolationCheck(obj.isolationCheck),
        'periodSeconds': obj.periodSeconds,
        'successThreshold': obj.successThreshold,
        'terminationGracePeriodSeconds': obj.terminationGracePeriodSeconds,
        'timeoutSeconds': obj.timeoutSeconds,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecProbesReadiness(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'failureThreshold': obj.failureThreshold,
        'initialDelaySeconds': obj.initialDelaySeconds,
        'maximumLag': obj.maximumLag?.value,
        'periodSeconds': obj.periodSeconds,
        'successThreshold': obj.successThreshold,
        'terminationGracePeriodSeconds': obj.terminationGracePeriodSeconds,
        'timeoutSeconds': obj.timeoutSeconds,
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecProbesStartup(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'failureThreshold': obj.failureThreshold,
        'initialDelaySeconds': obj.initialDelaySeconds,
        'maximumLag': obj.maximumLag?.value,
        'periodSeconds': obj.periodSeconds,
        'successThreshold': obj.successThreshold,
        'terminationGracePeriodSeconds': obj.terminationGracePeriodSeconds,
        'timeoutSeconds': obj.timeoutSeconds,
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecReplicationSlotsHighAvailability(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'slotPrefix': obj.slotPrefix,
        'synchronizeLogicalDecoding': obj.synchronizeLogicalDecoding,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecReplicationSlotsSynchronizeReplicas(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'excludePatterns': obj.excludePatterns?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecServiceAccountTemplateMetadata(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'annotations': ((obj.annotations) === undefined) ? undefined : (Object.entries(obj.annotations).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'labels': ((obj.labels) === undefined) ? undefined : (Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbImport(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'databases': obj.databases?.map(y => y),
        'pgDumpExtraOptions': obj.pgDumpExtraOptions?.map(y => y),
        'pgRestoreDataOptions': obj.pgRestoreDataOptions?.map(y => y),
        'pgRestoreExtraOptions': obj.pgRestoreExtraOptions?.map(y => y),
        'pgRestorePostdataOptions': obj.pgRestorePostdataOptions?.map(y => y),
        'pgRestorePredataOptions': obj.pgRestorePredataOptions?.map(y => y),
        'postImportApplicationSQL': obj.postImportApplicationSql?.map(y => y),
        'roles': obj.roles?.map(y => y),
        'schemaOnly': obj.schemaOnly,
        'source': toJson_ClusterSpecBootstrapInitdbImportSource(obj.source),
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'configMapRefs': obj.configMapRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs(y)),
        'secretRefs': obj.secretRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'configMapRefs': obj.configMapRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs(y)),
        'secretRefs': obj.secretRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'configMapRefs': obj.configMapRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs(y)),
        'secretRefs': obj.secretRefs?.map(y => toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapPgBasebackupSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryBackup(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'endpointCA': toJson_ClusterSpecBootstrapRecoveryBackupEndpointCa(obj.endpointCa),
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryRecoveryTarget(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'backupID': obj.backupId,
        'exclusive': obj.exclusive,
        'targetImmediate': obj.targetImmediate,
        'targetLSN': obj.targetLsn,
        'targetName': obj.targetName,
        'targetTLI': obj.targetTli,
        'targetTime': obj.targetTime,
        'targetXID': obj.targetXid,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoverySecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshots(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'storage': toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage(obj.storage),
        'tablespaceStorage': ((obj.tablespaceStorage) === undefined) ? undefined : (Object.entries(obj.tablespaceStorage).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage(i[1]) }), {})),
        'walStorage': toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage(obj.walStorage),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecManagedRolesEnsure;
(function (ClusterSpecManagedRolesEnsure) {
    ClusterSpecManagedRolesEnsure["PRESENT"] = "present";
    ClusterSpecManagedRolesEnsure["ABSENT"] = "absent";
})(ClusterSpecManagedRolesEnsure || (ClusterSpecManagedRolesEnsure = {}));
export function toJson_ClusterSpecManagedRolesPasswordSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecManagedServicesDisabledDefaultServices;
(function (ClusterSpecManagedServicesDisabledDefaultServices) {
    ClusterSpecManagedServicesDisabledDefaultServices["RW"] = "rw";
    ClusterSpecManagedServicesDisabledDefaultServices["R"] = "r";
    ClusterSpecManagedServicesDisabledDefaultServices["RO"] = "ro";
})(ClusterSpecManagedServicesDisabledDefaultServices || (ClusterSpecManagedServicesDisabledDefaultServices = {}));
export var ClusterSpecMonitoringPodMonitorMetricRelabelingsAction;
(function (ClusterSpecMonitoringPodMonitorMetricRelabelingsAction) {
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["REPLACE"] = "replace";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["KEEP"] = "keep";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["DROP"] = "drop";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["HASHMOD"] = "hashmod";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["LABELMAP"] = "labelmap";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["LABELDROP"] = "labeldrop";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["LABELKEEP"] = "labelkeep";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["LOWERCASE"] = "lowercase";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["UPPERCASE"] = "uppercase";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["KEEPEQUAL"] = "keepequal";
    ClusterSpecMonitoringPodMonitorMetricRelabelingsAction["DROPEQUAL"] = "dropequal";
})(ClusterSpecMonitoringPodMonitorMetricRelabelingsAction || (ClusterSpecMonitoringPodMonitorMetricRelabelingsAction = {}));
export var ClusterSpecMonitoringPodMonitorRelabelingsAction;
(function (ClusterSpecMonitoringPodMonitorRelabelingsAction) {
    ClusterSpecMonitoringPodMonitorRelabelingsAction["REPLACE"] = "replace";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["KEEP"] = "keep";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["DROP"] = "drop";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["HASHMOD"] = "hashmod";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["LABELMAP"] = "labelmap";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["LABELDROP"] = "labeldrop";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["LABELKEEP"] = "labelkeep";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["LOWERCASE"] = "lowercase";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["UPPERCASE"] = "uppercase";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["KEEPEQUAL"] = "keepequal";
    ClusterSpecMonitoringPodMonitorRelabelingsAction["DROPEQUAL"] = "dropequal";
})(ClusterSpecMonitoringPodMonitorRelabelingsAction || (ClusterSpecMonitoringPodMonitorRelabelingsAction = {}));
export function toJson_ClusterSpecPodSelectorRefsSelectorMatchExpressions(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'operator': obj.operator,
        'values': obj.values?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlExtensionsEnv(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
        'value': obj.value,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlExtensionsImage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'pullPolicy': obj.pullPolicy,
        'reference': obj.reference,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlLdapBindAsAuth(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'prefix': obj.prefix,
        'suffix': obj.suffix,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlLdapBindSearchAuth(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'baseDN': obj.baseDn,
        'bindDN': obj.bindDn,
        'bindPassword': toJson_ClusterSpecPostgresqlLdapBindSearchAuthBindPassword(obj.bindPassword),
        'searchAttribute': obj.searchAttribute,
        'searchFilter': obj.searchFilter,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecPostgresqlLdapScheme;
(function (ClusterSpecPostgresqlLdapScheme) {
    ClusterSpecPostgresqlLdapScheme["LDAP"] = "ldap";
    ClusterSpecPostgresqlLdapScheme["LDAPS"] = "ldaps";
})(ClusterSpecPostgresqlLdapScheme || (ClusterSpecPostgresqlLdapScheme = {}));
export var ClusterSpecPostgresqlSynchronousDataDurability;
(function (ClusterSpecPostgresqlSynchronousDataDurability) {
    ClusterSpecPostgresqlSynchronousDataDurability["REQUIRED"] = "required";
    ClusterSpecPostgresqlSynchronousDataDurability["PREFERRED"] = "preferred";
})(ClusterSpecPostgresqlSynchronousDataDurability || (ClusterSpecPostgresqlSynchronousDataDurability = {}));
export var ClusterSpecPostgresqlSynchronousMethod;
(function (ClusterSpecPostgresqlSynchronousMethod) {
    ClusterSpecPostgresqlSynchronousMethod["ANY"] = "any";
    ClusterSpecPostgresqlSynchronousMethod["FIRST"] = "first";
})(ClusterSpecPostgresqlSynchronousMethod || (ClusterSpecPostgresqlSynchronousMethod = {}));
export function toJson_ClusterSpecProbesLivenessIsolationCheck(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'connectionTimeout': obj.connectionTimeout,
        'enabled': obj.enabled,
        'requestTimeout': obj.requestTimeout,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export class ClusterSpecProbesReadinessMaximumLag {
    value;
    static fromNumber(value) {
        return new ClusterSpecProbesReadinessMaximumLag(value);
    }
    static fromString(value) {
        return new ClusterSpecProbesReadinessMaximumLag(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export var ClusterSpecProbesReadinessType;
(function (ClusterSpecProbesReadinessType) {
    ClusterSpecProbesReadinessType["PG_UNDERSCORE_ISREADY"] = "pg_isready";
    ClusterSpecProbesReadinessType["STREAMING"] = "streaming";
    ClusterSpecProbesReadinessType["QUERY"] = "query";
})(ClusterSpecProbesReadinessType || (ClusterSpecProbesReadinessType = {}));
export class ClusterSpecProbesStartupMaximumLag {
    value;
    static fromNumber(value) {
        return new ClusterSpecProbesStartupMaximumLag(value);
    }
    static fromString(value) {
        return new ClusterSpecProbesStartupMaximumLag(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export var ClusterSpecProbesStartupType;
(function (ClusterSpecProbesStartupType) {
    ClusterSpecProbesStartupType["PG_UNDERSCORE_ISREADY"] = "pg_isready";
    ClusterSpecProbesStartupType["STREAMING"] = "streaming";
    ClusterSpecProbesStartupType["QUERY"] = "query";
})(ClusterSpecProbesStartupType || (ClusterSpecProbesStartupType = {}));
export function toJson_ClusterSpecBootstrapInitdbImportSource(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'externalCluster': obj.externalCluster,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ClusterSpecBootstrapInitdbImportType;
(function (ClusterSpecBootstrapInitdbImportType) {
    ClusterSpecBootstrapInitdbImportType["MICROSERVICE"] = "microservice";
    ClusterSpecBootstrapInitdbImportType["MONOLITH"] = "monolith";
})(ClusterSpecBootstrapInitdbImportType || (ClusterSpecBootstrapInitdbImportType = {}));
export function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryBackupEndpointCa(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'apiGroup': obj.apiGroup,
        'kind': obj.kind,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'apiGroup': obj.apiGroup,
        'kind': obj.kind,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'apiGroup': obj.apiGroup,
        'kind': obj.kind,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ClusterSpecPostgresqlLdapBindSearchAuthBindPassword(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
        'optional': obj.optional,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export class Pooler extends ApiObject {
    static GVK = {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Pooler',
    };
    static manifest(props) {
        return {
            ...Pooler.GVK,
            ...toJson_PoolerProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...Pooler.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...Pooler.GVK,
            ...toJson_PoolerProps(resolved),
        };
    }
}
export function toJson_PoolerProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_PoolerSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'cluster': toJson_PoolerSpecCluster(obj.cluster),
        'deploymentStrategy': toJson_PoolerSpecDeploymentStrategy(obj.deploymentStrategy),
        'instances': obj.instances,
        'monitoring': toJson_PoolerSpecMonitoring(obj.monitoring),
        'pgbouncer': toJson_PoolerSpecPgbouncer(obj.pgbouncer),
        'serviceAccountName': obj.serviceAccountName,
        'template': k8s.toJson_PodTemplateSpec(obj.template),
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecCluster(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecDeploymentStrategy(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'rollingUpdate': toJson_PoolerSpecDeploymentStrategyRollingUpdate(obj.rollingUpdate),
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecMonitoring(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enablePodMonitor': obj.enablePodMonitor,
        'podMonitorMetricRelabelings': obj.podMonitorMetricRelabelings?.map(y => toJson_PoolerSpecMonitoringPodMonitorMetricRelabelings(y)),
        'podMonitorRelabelings': obj.podMonitorRelabelings?.map(y => toJson_PoolerSpecMonitoringPodMonitorRelabelings(y)),
        'tls': toJson_PoolerSpecMonitoringTls(obj.tls),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncer(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'authQuery': obj.authQuery,
        'authQuerySecret': toJson_PoolerSpecPgbouncerAuthQuerySecret(obj.authQuerySecret),
        'clientCASecret': toJson_PoolerSpecPgbouncerClientCaSecret(obj.clientCaSecret),
        'clientTLSSecret': toJson_PoolerSpecPgbouncerClientTlsSecret(obj.clientTlsSecret),
        'image': obj.image,
        'imageCatalogRef': toJson_PoolerSpecPgbouncerImageCatalogRef(obj.imageCatalogRef),
        'parameters': ((obj.parameters) === undefined) ? undefined : (Object.entries(obj.parameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'paused': obj.paused,
        'pg_hba': obj.pgHba?.map(y => y),
        'poolMode': obj.poolMode,
        'serverCASecret': toJson_PoolerSpecPgbouncerServerCaSecret(obj.serverCaSecret),
        'serverTLSSecret': toJson_PoolerSpecPgbouncerServerTlsSecret(obj.serverTlsSecret),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var PoolerSpecType;
(function (PoolerSpecType) {
    PoolerSpecType["RW"] = "rw";
    PoolerSpecType["RO"] = "ro";
    PoolerSpecType["R"] = "r";
})(PoolerSpecType || (PoolerSpecType = {}));
export function toJson_PoolerSpecDeploymentStrategyRollingUpdate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'maxSurge': obj.maxSurge?.value,
        'maxUnavailable': obj.maxUnavailable?.value,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecMonitoringPodMonitorMetricRelabelings(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'action': obj.action,
        'modulus': obj.modulus,
        'regex': obj.regex,
        'replacement': obj.replacement,
        'separator': obj.separator,
        'sourceLabels': obj.sourceLabels?.map(y => y),
        'targetLabel': obj.targetLabel,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecMonitoringPodMonitorRelabelings(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'action': obj.action,
        'modulus': obj.modulus,
        'regex': obj.regex,
        'replacement': obj.replacement,
        'separator': obj.separator,
        'sourceLabels': obj.sourceLabels?.map(y => y),
        'targetLabel': obj.targetLabel,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecMonitoringTls(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncerAuthQuerySecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncerClientCaSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncerClientTlsSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncerImageCatalogRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'apiGroup': obj.apiGroup,
        'key': obj.key,
        'kind': obj.kind,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var PoolerSpecPgbouncerPoolMode;
(function (PoolerSpecPgbouncerPoolMode) {
    PoolerSpecPgbouncerPoolMode["SESSION"] = "session";
    PoolerSpecPgbouncerPoolMode["TRANSACTION"] = "transaction";
})(PoolerSpecPgbouncerPoolMode || (PoolerSpecPgbouncerPoolMode = {}));
export function toJson_PoolerSpecPgbouncerServerCaSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_PoolerSpecPgbouncerServerTlsSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export class PoolerSpecDeploymentStrategyRollingUpdateMaxSurge {
    value;
    static fromNumber(value) {
        return new PoolerSpecDeploymentStrategyRollingUpdateMaxSurge(value);
    }
    static fromString(value) {
        return new PoolerSpecDeploymentStrategyRollingUpdateMaxSurge(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export class PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable {
    value;
    static fromNumber(value) {
        return new PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable(value);
    }
    static fromString(value) {
        return new PoolerSpecDeploymentStrategyRollingUpdateMaxUnavailable(value);
    }
    constructor(value) {
        this.value = value;
    }
}
export var PoolerSpecMonitoringPodMonitorMetricRelabelingsAction;
(function (PoolerSpecMonitoringPodMonitorMetricRelabelingsAction) {
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["REPLACE"] = "replace";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["KEEP"] = "keep";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["DROP"] = "drop";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["HASHMOD"] = "hashmod";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["LABELMAP"] = "labelmap";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["LABELDROP"] = "labeldrop";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["LABELKEEP"] = "labelkeep";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["LOWERCASE"] = "lowercase";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["UPPERCASE"] = "uppercase";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["KEEPEQUAL"] = "keepequal";
    PoolerSpecMonitoringPodMonitorMetricRelabelingsAction["DROPEQUAL"] = "dropequal";
})(PoolerSpecMonitoringPodMonitorMetricRelabelingsAction || (PoolerSpecMonitoringPodMonitorMetricRelabelingsAction = {}));
export var PoolerSpecMonitoringPodMonitorRelabelingsAction;
(function (PoolerSpecMonitoringPodMonitorRelabelingsAction) {
    PoolerSpecMonitoringPodMonitorRelabelingsAction["REPLACE"] = "replace";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["KEEP"] = "keep";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["DROP"] = "drop";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["HASHMOD"] = "hashmod";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["LABELMAP"] = "labelmap";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["LABELDROP"] = "labeldrop";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["LABELKEEP"] = "labelkeep";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["LOWERCASE"] = "lowercase";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["UPPERCASE"] = "uppercase";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["KEEPEQUAL"] = "keepequal";
    PoolerSpecMonitoringPodMonitorRelabelingsAction["DROPEQUAL"] = "dropequal";
})(PoolerSpecMonitoringPodMonitorRelabelingsAction || (PoolerSpecMonitoringPodMonitorRelabelingsAction = {}));
export class ScheduledBackup extends ApiObject {
    static GVK = {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'ScheduledBackup',
    };
    static manifest(props) {
        return {
            ...ScheduledBackup.GVK,
            ...toJson_ScheduledBackupProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...ScheduledBackup.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...ScheduledBackup.GVK,
            ...toJson_ScheduledBackupProps(resolved),
        };
    }
}
export function toJson_ScheduledBackupProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_ScheduledBackupSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ScheduledBackupSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'backupOwnerReference': obj.backupOwnerReference,
        'cluster': toJson_ScheduledBackupSpecCluster(obj.cluster),
        'immediate': obj.immediate,
        'method': obj.method,
        'online': obj.online,
        'onlineConfiguration': toJson_ScheduledBackupSpecOnlineConfiguration(obj.onlineConfiguration),
        'pluginConfiguration': toJson_ScheduledBackupSpecPluginConfiguration(obj.pluginConfiguration),
        'schedule': obj.schedule,
        'suspend': obj.suspend,
        'target': obj.target,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ScheduledBackupSpecBackupOwnerReference;
(function (ScheduledBackupSpecBackupOwnerReference) {
    ScheduledBackupSpecBackupOwnerReference["NONE"] = "none";
    ScheduledBackupSpecBackupOwnerReference["SELF"] = "self";
    ScheduledBackupSpecBackupOwnerReference["CLUSTER"] = "cluster";
})(ScheduledBackupSpecBackupOwnerReference || (ScheduledBackupSpecBackupOwnerReference = {}));
export function toJson_ScheduledBackupSpecCluster(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ScheduledBackupSpecMethod;
(function (ScheduledBackupSpecMethod) {
    ScheduledBackupSpecMethod["BARMAN_OBJECT_STORE"] = "barmanObjectStore";
    ScheduledBackupSpecMethod["VOLUME_SNAPSHOT"] = "volumeSnapshot";
    ScheduledBackupSpecMethod["PLUGIN"] = "plugin";
})(ScheduledBackupSpecMethod || (ScheduledBackupSpecMethod = {}));
export function toJson_ScheduledBackupSpecOnlineConfiguration(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'immediateCheckpoint': obj.immediateCheckpoint,
        'waitForArchive': obj.waitForArchive,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_ScheduledBackupSpecPluginConfiguration(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
        'parameters': ((obj.parameters) === undefined) ? undefined : (Object.entries(obj.parameters).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var ScheduledBackupSpecTarget;
(function (ScheduledBackupSpecTarget) {
    ScheduledBackupSpecTarget["PRIMARY"] = "primary";
    ScheduledBackupSpecTarget["PREFER_HYPHEN_STANDBY"] = "prefer-standby";
})(ScheduledBackupSpecTarget || (ScheduledBackupSpecTarget = {}));
