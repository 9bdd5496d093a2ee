import { k8s } from 'cdk8s-plus-28';
import { ApiObject } from 'cdk8s';
export class RedisCluster extends ApiObject {
    static GVK = {
        apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
        kind: 'RedisCluster',
    };
    static manifest(props) {
        return {
            ...RedisCluster.GVK,
            ...toJson_RedisClusterProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...RedisCluster.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...RedisCluster.GVK,
            ...toJson_RedisClusterProps(resolved),
        };
    }
}
export function toJson_RedisClusterProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_RedisClusterSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'TLS': toJson_RedisClusterSpecTls(obj.tls),
        'acl': toJson_RedisClusterSpecAcl(obj.acl),
        'clusterSize': obj.clusterSize,
        'clusterVersion': obj.clusterVersion,
        'initContainer': toJson_RedisClusterSpecInitContainer(obj.initContainer),
        'kubernetesConfig': toJson_RedisClusterSpecKubernetesConfig(obj.kubernetesConfig),
        'persistenceEnabled': obj.persistenceEnabled,
        'podSecurityContext': k8s.toJson_PodSecurityContext(obj.podSecurityContext),
        'port': obj.port,
        'priorityClassName': obj.priorityClassName,
        'redisConfig': toJson_RedisClusterSpecRedisConfig(obj.redisConfig),
        'redisExporter': toJson_RedisClusterSpecRedisExporter(obj.redisExporter),
        'redisFollower': toJson_RedisClusterSpecRedisFollower(obj.redisFollower),
        'redisLeader': toJson_RedisClusterSpecRedisLeader(obj.redisLeader),
        'serviceAccountName': obj.serviceAccountName,
        'storage': toJson_RedisClusterSpecStorage(obj.storage),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecTls(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'ca': obj.ca,
        'cert': obj.cert,
        'key': obj.key,
        'secret': k8s.toJson_SecretVolumeSource(obj.secret),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecAcl(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'secret': k8s.toJson_SecretVolumeSource(obj.secret),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecInitContainer(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'image': obj.image,
        'securityContext': k8s.toJson_SecurityContext(obj.securityContext),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecKubernetesConfig(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'image': obj.image,
        'imagePullPolicy': obj.imagePullPolicy,
        'imagePullSecrets': obj.imagePullSecrets?.map(y => toJson_RedisClusterSpecKubernetesConfigImagePullSecrets(y)),
        'minReadySeconds': obj.minReadySeconds,
        'redisSecret': toJson_RedisClusterSpecKubernetesConfigRedisSecret(obj.redisSecret),
        'resources': k8s.toJson_ResourceRequirements(obj.resources),
        'updateStrategy': toJson_RedisClusterSpecKubernetesConfigUpdateStrategy(obj.updateStrategy),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisConfig(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'maxMemoryPercentOfLimit': obj.maxMemoryPercentOfLimit,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisExporter(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'image': obj.image,
        'imagePullPolicy': obj.imagePullPolicy,
        'port': obj.port,
        'resources': k8s.toJson_ResourceRequirements(obj.resources),
        'securityContext': k8s.toJson_SecurityContext(obj.securityContext),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisFollower(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'affinity': k8s.toJson_Affinity(obj.affinity),
        'livenessProbe': k8s.toJson_Probe(obj.livenessProbe),
        'nodeSelector': ((obj.nodeSelector) === undefined) ? undefined : (Object.entries(obj.nodeSelector).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'pdb': toJson_RedisClusterSpecRedisFollowerPdb(obj.pdb),
        'readinessProbe': k8s.toJson_Probe(obj.readinessProbe),
        'redisConfig': toJson_RedisClusterSpecRedisFollowerRedisConfig(obj.redisConfig),
        'replicas': obj.replicas,
        'resources': k8s.toJson_ResourceRequirements(obj.resources),
        'securityContext': k8s.toJson_SecurityContext(obj.securityContext),
        'terminationGracePeriodSeconds': obj.terminationGracePeriodSeconds,
        'tolerations': obj.tolerations?.map(y => k8s.toJson_Toleration(y)),
        'topologySpreadConstraints': obj.topologySpreadConstraints?.map(y => k8s.toJson_TopologySpreadConstraint(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisLeader(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'affinity': k8s.toJson_Affinity(obj.affinity),
        'livenessProbe': k8s.toJson_Probe(obj.livenessProbe),
        'nodeSelector': ((obj.nodeSelector) === undefined) ? undefined : (Object.entries(obj.nodeSelector).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'pdb': toJson_RedisClusterSpecRedisLeaderPdb(obj.pdb),
        'readinessProbe': k8s.toJson_Probe(obj.readinessProbe),
        'redisConfig': toJson_RedisClusterSpecRedisLeaderRedisConfig(obj.redisConfig),
        'replicas': obj.replicas,
        'resources': k8s.toJson_ResourceRequirements(obj.resources),
        'securityContext': k8s.toJson_SecurityContext(obj.securityContext),
        'terminationGracePeriodSeconds': obj.terminationGracePeriodSeconds,
        'tolerations': obj.tolerations?.map(y => k8s.toJson_Toleration(y)),
        'topologySpreadConstraints': obj.topologySpreadConstraints?.map(y => k8s.toJson_TopologySpreadConstraint(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecStorage(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'keepAfterDelete': obj.keepAfterDelete,
        'nodeConfVolume': obj.nodeConfVolume,
        'nodeConfVolumeClaimTemplate': toJson_RedisClusterSpecStorageNodeConfVolumeClaimTemplate(obj.nodeConfVolumeClaimTemplate),
        'volumeClaimTemplate': toJson_RedisClusterSpecStorageVolumeClaimTemplate(obj.volumeClaimTemplate),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var RedisClusterSpecKubernetesConfigImagePullPolicy;
(function (RedisClusterSpecKubernetesConfigImagePullPolicy) {
    RedisClusterSpecKubernetesConfigImagePullPolicy["ALWAYS"] = "Always";
    RedisClusterSpecKubernetesConfigImagePullPolicy["IF_NOT_PRESENT"] = "IfNotPresent";
    RedisClusterSpecKubernetesConfigImagePullPolicy["NEVER"] = "Never";
})(RedisClusterSpecKubernetesConfigImagePullPolicy || (RedisClusterSpecKubernetesConfigImagePullPolicy = {}));
export function toJson_RedisClusterSpecKubernetesConfigImagePullSecrets(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecKubernetesConfigRedisSecret(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecKubernetesConfigUpdateStrategy(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var RedisClusterSpecRedisExporterImagePullPolicy;
(function (RedisClusterSpecRedisExporterImagePullPolicy) {
    RedisClusterSpecRedisExporterImagePullPolicy["ALWAYS"] = "Always";
    RedisClusterSpecRedisExporterImagePullPolicy["IF_NOT_PRESENT"] = "IfNotPresent";
    RedisClusterSpecRedisExporterImagePullPolicy["NEVER"] = "Never";
})(RedisClusterSpecRedisExporterImagePullPolicy || (RedisClusterSpecRedisExporterImagePullPolicy = {}));
export function toJson_RedisClusterSpecRedisFollowerPdb(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'maxUnavailable': obj.maxUnavailable,
        'minAvailable': obj.minAvailable,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisFollowerRedisConfig(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'additionalRedisConfig': obj.additionalRedisConfig,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisLeaderPdb(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'enabled': obj.enabled,
        'maxUnavailable': obj.maxUnavailable,
        'minAvailable': obj.minAvailable,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecRedisLeaderRedisConfig(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'additionalRedisConfig': obj.additionalRedisConfig,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecStorageNodeConfVolumeClaimTemplate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'spec': k8s.toJson_PersistentVolumeClaimSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_RedisClusterSpecStorageVolumeClaimTemplate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'spec': k8s.toJson_PersistentVolumeClaimSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var RedisClusterSpecKubernetesConfigUpdateStrategyType;
(function (RedisClusterSpecKubernetesConfigUpdateStrategyType) {
    RedisClusterSpecKubernetesConfigUpdateStrategyType["ON_DELETE"] = "OnDelete";
    RedisClusterSpecKubernetesConfigUpdateStrategyType["ROLLING_UPDATE"] = "RollingUpdate";
})(RedisClusterSpecKubernetesConfigUpdateStrategyType || (RedisClusterSpecKubernetesConfigUpdateStrategyType = {}));
