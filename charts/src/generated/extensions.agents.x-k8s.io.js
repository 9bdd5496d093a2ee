import { k8s } from 'cdk8s-plus-28';
import { ApiObject } from 'cdk8s';
export class SandboxTemplate extends ApiObject {
    static GVK = {
        apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
        kind: 'SandboxTemplate',
    };
    static manifest(props) {
        return {
            ...SandboxTemplate.GVK,
            ...toJson_SandboxTemplateProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...SandboxTemplate.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...SandboxTemplate.GVK,
            ...toJson_SandboxTemplateProps(resolved),
        };
    }
}
export function toJson_SandboxTemplateProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_SandboxTemplateSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_SandboxTemplateSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'envVarsInjectionPolicy': obj.envVarsInjectionPolicy,
        'networkPolicyManagement': obj.networkPolicyManagement,
        'podTemplate': toJson_SandboxTemplateSpecPodTemplate(obj.podTemplate),
        'service': obj.service,
        'volumeClaimTemplatesPolicy': obj.volumeClaimTemplatesPolicy,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var SandboxTemplateSpecEnvVarsInjectionPolicy;
(function (SandboxTemplateSpecEnvVarsInjectionPolicy) {
    SandboxTemplateSpecEnvVarsInjectionPolicy["ALLOWED"] = "Allowed";
    SandboxTemplateSpecEnvVarsInjectionPolicy["OVERRIDES"] = "Overrides";
    SandboxTemplateSpecEnvVarsInjectionPolicy["DISALLOWED"] = "Disallowed";
})(SandboxTemplateSpecEnvVarsInjectionPolicy || (SandboxTemplateSpecEnvVarsInjectionPolicy = {}));
export var SandboxTemplateSpecNetworkPolicyManagement;
(function (SandboxTemplateSpecNetworkPolicyManagement) {
    SandboxTemplateSpecNetworkPolicyManagement["MANAGED"] = "Managed";
    SandboxTemplateSpecNetworkPolicyManagement["UNMANAGED"] = "Unmanaged";
})(SandboxTemplateSpecNetworkPolicyManagement || (SandboxTemplateSpecNetworkPolicyManagement = {}));
export function toJson_SandboxTemplateSpecPodTemplate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': toJson_SandboxTemplateSpecPodTemplateMetadata(obj.metadata),
        'spec': k8s.toJson_PodSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var SandboxTemplateSpecVolumeClaimTemplatesPolicy;
(function (SandboxTemplateSpecVolumeClaimTemplatesPolicy) {
    SandboxTemplateSpecVolumeClaimTemplatesPolicy["DISALLOWED"] = "Disallowed";
    SandboxTemplateSpecVolumeClaimTemplatesPolicy["ALLOWED"] = "Allowed";
    SandboxTemplateSpecVolumeClaimTemplatesPolicy["OVERRIDES"] = "Overrides";
})(SandboxTemplateSpecVolumeClaimTemplatesPolicy || (SandboxTemplateSpecVolumeClaimTemplatesPolicy = {}));
export function toJson_SandboxTemplateSpecPodTemplateMetadata(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'annotations': ((obj.annotations) === undefined) ? undefined : (Object.entries(obj.annotations).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'labels': ((obj.labels) === undefined) ? undefined : (Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export class SandboxWarmPool extends ApiObject {
    static GVK = {
        apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
        kind: 'SandboxWarmPool',
    };
    static manifest(props) {
        return {
            ...SandboxWarmPool.GVK,
            ...toJson_SandboxWarmPoolProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...SandboxWarmPool.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...SandboxWarmPool.GVK,
            ...toJson_SandboxWarmPoolProps(resolved),
        };
    }
}
export function toJson_SandboxWarmPoolProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_SandboxWarmPoolSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_SandboxWarmPoolSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'replicas': obj.replicas,
        'sandboxTemplateRef': toJson_SandboxWarmPoolSpecSandboxTemplateRef(obj.sandboxTemplateRef),
        'updateStrategy': toJson_SandboxWarmPoolSpecUpdateStrategy(obj.updateStrategy),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_SandboxWarmPoolSpecSandboxTemplateRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_SandboxWarmPoolSpecUpdateStrategy(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var SandboxWarmPoolSpecUpdateStrategyType;
(function (SandboxWarmPoolSpecUpdateStrategyType) {
    SandboxWarmPoolSpecUpdateStrategyType["RECREATE"] = "Recreate";
    SandboxWarmPoolSpecUpdateStrategyType["ON_REPLENISH"] = "OnReplenish";
})(SandboxWarmPoolSpecUpdateStrategyType || (SandboxWarmPoolSpecUpdateStrategyType = {}));
