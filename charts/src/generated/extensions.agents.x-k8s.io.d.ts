import { k8s } from 'cdk8s-plus-28';
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
/**
 *
 *
 * @schema SandboxTemplate
 */
export declare class SandboxTemplate extends ApiObject {
    /**
     * Returns the apiVersion and kind for "SandboxTemplate"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "SandboxTemplate".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: SandboxTemplateProps): any;
    /**
     * Defines a "SandboxTemplate" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: SandboxTemplateProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * @schema SandboxTemplate
 */
export interface SandboxTemplateProps {
    /**
     * @schema SandboxTemplate#metadata
     */
    readonly metadata?: ApiObjectMetadata;
    /**
     * @schema SandboxTemplate#spec
     */
    readonly spec: SandboxTemplateSpec;
}
/**
 * Converts an object of type 'SandboxTemplateProps' to JSON representation.
 */
export declare function toJson_SandboxTemplateProps(obj: SandboxTemplateProps | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxTemplateSpec
 */
export interface SandboxTemplateSpec {
    /**
     * @schema SandboxTemplateSpec#envVarsInjectionPolicy
     */
    readonly envVarsInjectionPolicy?: SandboxTemplateSpecEnvVarsInjectionPolicy;
    /**
     * @schema SandboxTemplateSpec#networkPolicyManagement
     */
    readonly networkPolicyManagement?: SandboxTemplateSpecNetworkPolicyManagement;
    /**
     * @schema SandboxTemplateSpec#podTemplate
     */
    readonly podTemplate: SandboxTemplateSpecPodTemplate;
    /**
     * @schema SandboxTemplateSpec#service
     */
    readonly service?: boolean;
    /**
     * @schema SandboxTemplateSpec#volumeClaimTemplatesPolicy
     */
    readonly volumeClaimTemplatesPolicy?: SandboxTemplateSpecVolumeClaimTemplatesPolicy;
}
/**
 * Converts an object of type 'SandboxTemplateSpec' to JSON representation.
 */
export declare function toJson_SandboxTemplateSpec(obj: SandboxTemplateSpec | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxTemplateSpecEnvVarsInjectionPolicy
 */
export declare enum SandboxTemplateSpecEnvVarsInjectionPolicy {
    /** Allowed */
    ALLOWED = "Allowed",
    /** Overrides */
    OVERRIDES = "Overrides",
    /** Disallowed */
    DISALLOWED = "Disallowed"
}
/**
 * @schema SandboxTemplateSpecNetworkPolicyManagement
 */
export declare enum SandboxTemplateSpecNetworkPolicyManagement {
    /** Managed */
    MANAGED = "Managed",
    /** Unmanaged */
    UNMANAGED = "Unmanaged"
}
/**
 * @schema SandboxTemplateSpecPodTemplate
 */
export interface SandboxTemplateSpecPodTemplate {
    /**
     * @schema SandboxTemplateSpecPodTemplate#metadata
     */
    readonly metadata?: SandboxTemplateSpecPodTemplateMetadata;
    /**
     * @schema SandboxTemplateSpecPodTemplate#spec
     */
    readonly spec: k8s.PodSpec;
}
/**
 * Converts an object of type 'SandboxTemplateSpecPodTemplate' to JSON representation.
 */
export declare function toJson_SandboxTemplateSpecPodTemplate(obj: SandboxTemplateSpecPodTemplate | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxTemplateSpecVolumeClaimTemplatesPolicy
 */
export declare enum SandboxTemplateSpecVolumeClaimTemplatesPolicy {
    /** Disallowed */
    DISALLOWED = "Disallowed",
    /** Allowed */
    ALLOWED = "Allowed",
    /** Overrides */
    OVERRIDES = "Overrides"
}
/**
 * @schema SandboxTemplateSpecPodTemplateMetadata
 */
export interface SandboxTemplateSpecPodTemplateMetadata {
    /**
     * @schema SandboxTemplateSpecPodTemplateMetadata#annotations
     */
    readonly annotations?: {
        [key: string]: string;
    };
    /**
     * @schema SandboxTemplateSpecPodTemplateMetadata#labels
     */
    readonly labels?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'SandboxTemplateSpecPodTemplateMetadata' to JSON representation.
 */
export declare function toJson_SandboxTemplateSpecPodTemplateMetadata(obj: SandboxTemplateSpecPodTemplateMetadata | undefined): Record<string, any> | undefined;
/**
 *
 *
 * @schema SandboxWarmPool
 */
export declare class SandboxWarmPool extends ApiObject {
    /**
     * Returns the apiVersion and kind for "SandboxWarmPool"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "SandboxWarmPool".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props: SandboxWarmPoolProps): any;
    /**
     * Defines a "SandboxWarmPool" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props: SandboxWarmPoolProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * @schema SandboxWarmPool
 */
export interface SandboxWarmPoolProps {
    /**
     * @schema SandboxWarmPool#metadata
     */
    readonly metadata?: ApiObjectMetadata;
    /**
     * @schema SandboxWarmPool#spec
     */
    readonly spec: SandboxWarmPoolSpec;
}
/**
 * Converts an object of type 'SandboxWarmPoolProps' to JSON representation.
 */
export declare function toJson_SandboxWarmPoolProps(obj: SandboxWarmPoolProps | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxWarmPoolSpec
 */
export interface SandboxWarmPoolSpec {
    /**
     * @schema SandboxWarmPoolSpec#replicas
     */
    readonly replicas?: number;
    /**
     * @schema SandboxWarmPoolSpec#sandboxTemplateRef
     */
    readonly sandboxTemplateRef: SandboxWarmPoolSpecSandboxTemplateRef;
    /**
     * @schema SandboxWarmPoolSpec#updateStrategy
     */
    readonly updateStrategy?: SandboxWarmPoolSpecUpdateStrategy;
}
/**
 * Converts an object of type 'SandboxWarmPoolSpec' to JSON representation.
 */
export declare function toJson_SandboxWarmPoolSpec(obj: SandboxWarmPoolSpec | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxWarmPoolSpecSandboxTemplateRef
 */
export interface SandboxWarmPoolSpecSandboxTemplateRef {
    /**
     * @schema SandboxWarmPoolSpecSandboxTemplateRef#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'SandboxWarmPoolSpecSandboxTemplateRef' to JSON representation.
 */
export declare function toJson_SandboxWarmPoolSpecSandboxTemplateRef(obj: SandboxWarmPoolSpecSandboxTemplateRef | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxWarmPoolSpecUpdateStrategy
 */
export interface SandboxWarmPoolSpecUpdateStrategy {
    /**
     * @schema SandboxWarmPoolSpecUpdateStrategy#type
     */
    readonly type?: SandboxWarmPoolSpecUpdateStrategyType;
}
/**
 * Converts an object of type 'SandboxWarmPoolSpecUpdateStrategy' to JSON representation.
 */
export declare function toJson_SandboxWarmPoolSpecUpdateStrategy(obj: SandboxWarmPoolSpecUpdateStrategy | undefined): Record<string, any> | undefined;
/**
 * @schema SandboxWarmPoolSpecUpdateStrategyType
 */
export declare enum SandboxWarmPoolSpecUpdateStrategyType {
    /** Recreate */
    RECREATE = "Recreate",
    /** OnReplenish */
    ON_REPLENISH = "OnReplenish"
}
