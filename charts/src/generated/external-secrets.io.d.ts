import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
/**
 * ExternalSecret is the Schema for the external-secrets API.
It defines how to fetch data from external APIs and make it available as Kubernetes Secrets.
 *
 * @schema ExternalSecret
 */
export declare class ExternalSecret extends ApiObject {
    /**
     * Returns the apiVersion and kind for "ExternalSecret"
     */
    static readonly GVK: GroupVersionKind;
    /**
     * Renders a Kubernetes manifest for "ExternalSecret".
     *
     * This can be used to inline resource manifests inside other objects (e.g. as templates).
     *
     * @param props initialization props
     */
    static manifest(props?: ExternalSecretProps): any;
    /**
     * Defines a "ExternalSecret" API object
     * @param scope the scope in which to define this object
     * @param id a scope-local name for the object
     * @param props initialization props
     */
    constructor(scope: Construct, id: string, props?: ExternalSecretProps);
    /**
     * Renders the object to Kubernetes JSON.
     */
    toJson(): any;
}
/**
 * ExternalSecret is the Schema for the external-secrets API.
 * It defines how to fetch data from external APIs and make it available as Kubernetes Secrets.
 *
 * @schema ExternalSecret
 */
export interface ExternalSecretProps {
    /**
     * @schema ExternalSecret#metadata
     */
    readonly metadata?: ApiObjectMetadata;
    /**
     * ExternalSecretSpec defines the desired state of ExternalSecret.
     *
     * @schema ExternalSecret#spec
     */
    readonly spec?: ExternalSecretSpec;
}
/**
 * Converts an object of type 'ExternalSecretProps' to JSON representation.
 */
export declare function toJson_ExternalSecretProps(obj: ExternalSecretProps | undefined): Record<string, any> | undefined;
/**
 * ExternalSecretSpec defines the desired state of ExternalSecret.
 *
 * @schema ExternalSecretSpec
 */
export interface ExternalSecretSpec {
    /**
     * Data defines the connection between the Kubernetes Secret keys and the Provider data
     *
     * @schema ExternalSecretSpec#data
     */
    readonly data?: ExternalSecretSpecData[];
    /**
     * DataFrom is used to fetch all properties from a specific Provider data
     * If multiple entries are specified, the Secret keys are merged in the specified order
     *
     * @schema ExternalSecretSpec#dataFrom
     */
    readonly dataFrom?: ExternalSecretSpecDataFrom[];
    /**
     * RefreshInterval is the amount of time before the values are read again from the SecretStore provider,
     * specified as Golang Duration strings.
     * Valid time units are "ns", "us" (or "µs"), "ms", "s", "m", "h"
     * Example values: "1h0m0s", "2h30m0s", "10m0s"
     * May be set to "0s" to fetch and create it once. Defaults to 1h0m0s.
     *
     * @default 1h0m0s.
     * @schema ExternalSecretSpec#refreshInterval
     */
    readonly refreshInterval?: string;
    /**
     * RefreshPolicy determines how the ExternalSecret should be refreshed:
     * - CreatedOnce: Creates the Secret only if it does not exist and does not update it thereafter
     * - Periodic: Synchronizes the Secret from the external source at regular intervals specified by refreshInterval.
     * No periodic updates occur if refreshInterval is 0.
     * - OnChange: Only synchronizes the Secret when the ExternalSecret's metadata or specification changes
     *
     * @schema ExternalSecretSpec#refreshPolicy
     */
    readonly refreshPolicy?: ExternalSecretSpecRefreshPolicy;
    /**
     * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
     *
     * @schema ExternalSecretSpec#secretStoreRef
     */
    readonly secretStoreRef?: ExternalSecretSpecSecretStoreRef;
    /**
     * ExternalSecretTarget defines the Kubernetes Secret to be created,
     * there can be only one target per ExternalSecret.
     *
     * @schema ExternalSecretSpec#target
     */
    readonly target?: ExternalSecretSpecTarget;
}
/**
 * Converts an object of type 'ExternalSecretSpec' to JSON representation.
 */
export declare function toJson_ExternalSecretSpec(obj: ExternalSecretSpec | undefined): Record<string, any> | undefined;
/**
 * ExternalSecretData defines the connection between the Kubernetes Secret key (spec.data.<key>) and the Provider data.
 *
 * @schema ExternalSecretSpecData
 */
export interface ExternalSecretSpecData {
    /**
     * RemoteRef points to the remote secret and defines
     * which secret (version/property/..) to fetch.
     *
     * @schema ExternalSecretSpecData#remoteRef
     */
    readonly remoteRef: ExternalSecretSpecDataRemoteRef;
    /**
     * The key in the Kubernetes Secret to store the value.
     *
     * @schema ExternalSecretSpecData#secretKey
     */
    readonly secretKey: string;
    /**
     * SourceRef allows you to override the source
     * from which the value will be pulled.
     *
     * @schema ExternalSecretSpecData#sourceRef
     */
    readonly sourceRef?: ExternalSecretSpecDataSourceRef;
}
/**
 * Converts an object of type 'ExternalSecretSpecData' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecData(obj: ExternalSecretSpecData | undefined): Record<string, any> | undefined;
/**
 * ExternalSecretDataFromRemoteRef defines the connection between the Kubernetes Secret keys and the Provider data
 * when using DataFrom to fetch multiple values from a Provider.
 *
 * @schema ExternalSecretSpecDataFrom
 */
export interface ExternalSecretSpecDataFrom {
    /**
     * Used to extract multiple key/value pairs from one secret
     * Note: Extract does not support sourceRef.Generator or sourceRef.GeneratorRef.
     *
     * @schema ExternalSecretSpecDataFrom#extract
     */
    readonly extract?: ExternalSecretSpecDataFromExtract;
    /**
     * Used to find secrets based on tags or regular expressions
     * Note: Find does not support sourceRef.Generator or sourceRef.GeneratorRef.
     *
     * @schema ExternalSecretSpecDataFrom#find
     */
    readonly find?: ExternalSecretSpecDataFromFind;
    /**
     * Used to rewrite secret Keys after getting them from the secret Provider
     * Multiple Rewrite operations can be provided. They are applied in a layered order (first to last)
     *
     * @schema ExternalSecretSpecDataFrom#rewrite
     */
    readonly rewrite?: ExternalSecretSpecDataFromRewrite[];
    /**
     * SourceRef points to a store or generator
     * which contains secret values ready to use.
     * Use this in combination with Extract or Find pull values out of
     * a specific SecretStore.
     * When sourceRef points to a generator Extract or Find is not supported.
     * The generator returns a static map of values
     *
     * @schema ExternalSecretSpecDataFrom#sourceRef
     */
    readonly sourceRef?: ExternalSecretSpecDataFromSourceRef;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFrom' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFrom(obj: ExternalSecretSpecDataFrom | undefined): Record<string, any> | undefined;
/**
 * RefreshPolicy determines how the ExternalSecret should be refreshed:
 * - CreatedOnce: Creates the Secret only if it does not exist and does not update it thereafter
 * - Periodic: Synchronizes the Secret from the external source at regular intervals specified by refreshInterval.
 * No periodic updates occur if refreshInterval is 0.
 * - OnChange: Only synchronizes the Secret when the ExternalSecret's metadata or specification changes
 *
 * @schema ExternalSecretSpecRefreshPolicy
 */
export declare enum ExternalSecretSpecRefreshPolicy {
    /** CreatedOnce */
    CREATED_ONCE = "CreatedOnce",
    /** Periodic */
    PERIODIC = "Periodic",
    /** OnChange */
    ON_CHANGE = "OnChange"
}
/**
 * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
 *
 * @schema ExternalSecretSpecSecretStoreRef
 */
export interface ExternalSecretSpecSecretStoreRef {
    /**
     * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
     * Defaults to `SecretStore`
     *
     * @default SecretStore`
     * @schema ExternalSecretSpecSecretStoreRef#kind
     */
    readonly kind?: ExternalSecretSpecSecretStoreRefKind;
    /**
     * Name of the SecretStore resource
     *
     * @schema ExternalSecretSpecSecretStoreRef#name
     */
    readonly name?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecSecretStoreRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecSecretStoreRef(obj: ExternalSecretSpecSecretStoreRef | undefined): Record<string, any> | undefined;
/**
 * ExternalSecretTarget defines the Kubernetes Secret to be created,
 * there can be only one target per ExternalSecret.
 *
 * @schema ExternalSecretSpecTarget
 */
export interface ExternalSecretSpecTarget {
    /**
     * CreationPolicy defines rules on how to create the resulting Secret.
     * Defaults to "Owner"
     *
     * @default Owner"
     * @schema ExternalSecretSpecTarget#creationPolicy
     */
    readonly creationPolicy?: ExternalSecretSpecTargetCreationPolicy;
    /**
     * DeletionPolicy defines rules on how to delete the resulting Secret.
     * Defaults to "Retain"
     *
     * @default Retain"
     * @schema ExternalSecretSpecTarget#deletionPolicy
     */
    readonly deletionPolicy?: ExternalSecretSpecTargetDeletionPolicy;
    /**
     * Immutable defines if the final secret will be immutable
     *
     * @schema ExternalSecretSpecTarget#immutable
     */
    readonly immutable?: boolean;
    /**
     * Manifest defines a custom Kubernetes resource to create instead of a Secret.
     * When specified, ExternalSecret will create the resource type defined here
     * (e.g., ConfigMap, Custom Resource) instead of a Secret.
     * Warning: Using Generic target. Make sure access policies and encryption are properly configured.
     *
     * @schema ExternalSecretSpecTarget#manifest
     */
    readonly manifest?: ExternalSecretSpecTargetManifest;
    /**
     * The name of the Secret resource to be managed.
     * Defaults to the .metadata.name of the ExternalSecret resource
     *
     * @default the .metadata.name of the ExternalSecret resource
     * @schema ExternalSecretSpecTarget#name
     */
    readonly name?: string;
    /**
     * Template defines a blueprint for the created Secret resource.
     *
     * @schema ExternalSecretSpecTarget#template
     */
    readonly template?: ExternalSecretSpecTargetTemplate;
}
/**
 * Converts an object of type 'ExternalSecretSpecTarget' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTarget(obj: ExternalSecretSpecTarget | undefined): Record<string, any> | undefined;
/**
 * RemoteRef points to the remote secret and defines
 * which secret (version/property/..) to fetch.
 *
 * @schema ExternalSecretSpecDataRemoteRef
 */
export interface ExternalSecretSpecDataRemoteRef {
    /**
     * Used to define a conversion Strategy
     *
     * @schema ExternalSecretSpecDataRemoteRef#conversionStrategy
     */
    readonly conversionStrategy?: ExternalSecretSpecDataRemoteRefConversionStrategy;
    /**
     * Used to define a decoding Strategy
     *
     * @schema ExternalSecretSpecDataRemoteRef#decodingStrategy
     */
    readonly decodingStrategy?: ExternalSecretSpecDataRemoteRefDecodingStrategy;
    /**
     * Key is the key used in the Provider, mandatory
     *
     * @schema ExternalSecretSpecDataRemoteRef#key
     */
    readonly key: string;
    /**
     * Policy for fetching tags/labels from provider secrets, possible options are Fetch, None. Defaults to None
     *
     * @default None
     * @schema ExternalSecretSpecDataRemoteRef#metadataPolicy
     */
    readonly metadataPolicy?: ExternalSecretSpecDataRemoteRefMetadataPolicy;
    /**
     * Used to select a specific property of the Provider value (if a map), if supported
     *
     * @schema ExternalSecretSpecDataRemoteRef#property
     */
    readonly property?: string;
    /**
     * Used to select a specific version of the Provider value, if supported
     *
     * @schema ExternalSecretSpecDataRemoteRef#version
     */
    readonly version?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataRemoteRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataRemoteRef(obj: ExternalSecretSpecDataRemoteRef | undefined): Record<string, any> | undefined;
/**
 * SourceRef allows you to override the source
 * from which the value will be pulled.
 *
 * @schema ExternalSecretSpecDataSourceRef
 */
export interface ExternalSecretSpecDataSourceRef {
    /**
     * GeneratorRef points to a generator custom resource.
     *
     * Deprecated: The generatorRef is not implemented in .data[].
     * this will be removed with v1.
     *
     * @schema ExternalSecretSpecDataSourceRef#generatorRef
     */
    readonly generatorRef?: ExternalSecretSpecDataSourceRefGeneratorRef;
    /**
     * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
     *
     * @schema ExternalSecretSpecDataSourceRef#storeRef
     */
    readonly storeRef?: ExternalSecretSpecDataSourceRefStoreRef;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataSourceRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataSourceRef(obj: ExternalSecretSpecDataSourceRef | undefined): Record<string, any> | undefined;
/**
 * Used to extract multiple key/value pairs from one secret
 * Note: Extract does not support sourceRef.Generator or sourceRef.GeneratorRef.
 *
 * @schema ExternalSecretSpecDataFromExtract
 */
export interface ExternalSecretSpecDataFromExtract {
    /**
     * Used to define a conversion Strategy
     *
     * @schema ExternalSecretSpecDataFromExtract#conversionStrategy
     */
    readonly conversionStrategy?: ExternalSecretSpecDataFromExtractConversionStrategy;
    /**
     * Used to define a decoding Strategy
     *
     * @schema ExternalSecretSpecDataFromExtract#decodingStrategy
     */
    readonly decodingStrategy?: ExternalSecretSpecDataFromExtractDecodingStrategy;
    /**
     * Key is the key used in the Provider, mandatory
     *
     * @schema ExternalSecretSpecDataFromExtract#key
     */
    readonly key: string;
    /**
     * Policy for fetching tags/labels from provider secrets, possible options are Fetch, None. Defaults to None
     *
     * @default None
     * @schema ExternalSecretSpecDataFromExtract#metadataPolicy
     */
    readonly metadataPolicy?: ExternalSecretSpecDataFromExtractMetadataPolicy;
    /**
     * Used to select a specific property of the Provider value (if a map), if supported
     *
     * @schema ExternalSecretSpecDataFromExtract#property
     */
    readonly property?: string;
    /**
     * Used to select a specific version of the Provider value, if supported
     *
     * @schema ExternalSecretSpecDataFromExtract#version
     */
    readonly version?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromExtract' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromExtract(obj: ExternalSecretSpecDataFromExtract | undefined): Record<string, any> | undefined;
/**
 * Used to find secrets based on tags or regular expressions
 * Note: Find does not support sourceRef.Generator or sourceRef.GeneratorRef.
 *
 * @schema ExternalSecretSpecDataFromFind
 */
export interface ExternalSecretSpecDataFromFind {
    /**
     * Used to define a conversion Strategy
     *
     * @schema ExternalSecretSpecDataFromFind#conversionStrategy
     */
    readonly conversionStrategy?: ExternalSecretSpecDataFromFindConversionStrategy;
    /**
     * Used to define a decoding Strategy
     *
     * @schema ExternalSecretSpecDataFromFind#decodingStrategy
     */
    readonly decodingStrategy?: ExternalSecretSpecDataFromFindDecodingStrategy;
    /**
     * Finds secrets based on the name.
     *
     * @schema ExternalSecretSpecDataFromFind#name
     */
    readonly name?: ExternalSecretSpecDataFromFindName;
    /**
     * A root path to start the find operations.
     *
     * @schema ExternalSecretSpecDataFromFind#path
     */
    readonly path?: string;
    /**
     * Find secrets based on tags.
     *
     * @schema ExternalSecretSpecDataFromFind#tags
     */
    readonly tags?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromFind' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromFind(obj: ExternalSecretSpecDataFromFind | undefined): Record<string, any> | undefined;
/**
 * ExternalSecretRewrite defines how to rewrite secret data values before they are written to the Secret.
 *
 * @schema ExternalSecretSpecDataFromRewrite
 */
export interface ExternalSecretSpecDataFromRewrite {
    /**
     * Used to merge key/values in one single Secret
     * The resulting key will contain all values from the specified secrets
     *
     * @schema ExternalSecretSpecDataFromRewrite#merge
     */
    readonly merge?: ExternalSecretSpecDataFromRewriteMerge;
    /**
     * Used to rewrite with regular expressions.
     * The resulting key will be the output of a regexp.ReplaceAll operation.
     *
     * @schema ExternalSecretSpecDataFromRewrite#regexp
     */
    readonly regexp?: ExternalSecretSpecDataFromRewriteRegexp;
    /**
     * Used to apply string transformation on the secrets.
     * The resulting key will be the output of the template applied by the operation.
     *
     * @schema ExternalSecretSpecDataFromRewrite#transform
     */
    readonly transform?: ExternalSecretSpecDataFromRewriteTransform;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromRewrite' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromRewrite(obj: ExternalSecretSpecDataFromRewrite | undefined): Record<string, any> | undefined;
/**
 * SourceRef points to a store or generator
 * which contains secret values ready to use.
 * Use this in combination with Extract or Find pull values out of
 * a specific SecretStore.
 * When sourceRef points to a generator Extract or Find is not supported.
 * The generator returns a static map of values
 *
 * @schema ExternalSecretSpecDataFromSourceRef
 */
export interface ExternalSecretSpecDataFromSourceRef {
    /**
     * GeneratorRef points to a generator custom resource.
     *
     * @schema ExternalSecretSpecDataFromSourceRef#generatorRef
     */
    readonly generatorRef?: ExternalSecretSpecDataFromSourceRefGeneratorRef;
    /**
     * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
     *
     * @schema ExternalSecretSpecDataFromSourceRef#storeRef
     */
    readonly storeRef?: ExternalSecretSpecDataFromSourceRefStoreRef;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromSourceRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromSourceRef(obj: ExternalSecretSpecDataFromSourceRef | undefined): Record<string, any> | undefined;
/**
 * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
 * Defaults to `SecretStore`
 *
 * @default SecretStore`
 * @schema ExternalSecretSpecSecretStoreRefKind
 */
export declare enum ExternalSecretSpecSecretStoreRefKind {
    /** SecretStore */
    SECRET_STORE = "SecretStore",
    /** ClusterSecretStore */
    CLUSTER_SECRET_STORE = "ClusterSecretStore"
}
/**
 * CreationPolicy defines rules on how to create the resulting Secret.
 * Defaults to "Owner"
 *
 * @default Owner"
 * @schema ExternalSecretSpecTargetCreationPolicy
 */
export declare enum ExternalSecretSpecTargetCreationPolicy {
    /** Owner */
    OWNER = "Owner",
    /** Orphan */
    ORPHAN = "Orphan",
    /** Merge */
    MERGE = "Merge",
    /** None */
    NONE = "None"
}
/**
 * DeletionPolicy defines rules on how to delete the resulting Secret.
 * Defaults to "Retain"
 *
 * @default Retain"
 * @schema ExternalSecretSpecTargetDeletionPolicy
 */
export declare enum ExternalSecretSpecTargetDeletionPolicy {
    /** Delete */
    DELETE = "Delete",
    /** Merge */
    MERGE = "Merge",
    /** Retain */
    RETAIN = "Retain"
}
/**
 * Manifest defines a custom Kubernetes resource to create instead of a Secret.
 * When specified, ExternalSecret will create the resource type defined here
 * (e.g., ConfigMap, Custom Resource) instead of a Secret.
 * Warning: Using Generic target. Make sure access policies and encryption are properly configured.
 *
 * @schema ExternalSecretSpecTargetManifest
 */
export interface ExternalSecretSpecTargetManifest {
    /**
     * APIVersion of the target resource (e.g., "v1" for ConfigMap, "argoproj.io/v1alpha1" for ArgoCD Application)
     *
     * @schema ExternalSecretSpecTargetManifest#apiVersion
     */
    readonly apiVersion: string;
    /**
     * Kind of the target resource (e.g., "ConfigMap", "Application")
     *
     * @schema ExternalSecretSpecTargetManifest#kind
     */
    readonly kind: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetManifest' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetManifest(obj: ExternalSecretSpecTargetManifest | undefined): Record<string, any> | undefined;
/**
 * Template defines a blueprint for the created Secret resource.
 *
 * @schema ExternalSecretSpecTargetTemplate
 */
export interface ExternalSecretSpecTargetTemplate {
    /**
     * @schema ExternalSecretSpecTargetTemplate#data
     */
    readonly data?: {
        [key: string]: string;
    };
    /**
     * EngineVersion specifies the template engine version
     * that should be used to compile/execute the
     * template specified in .data and .templateFrom[].
     *
     * @schema ExternalSecretSpecTargetTemplate#engineVersion
     */
    readonly engineVersion?: ExternalSecretSpecTargetTemplateEngineVersion;
    /**
     * TemplateMergePolicy defines how the rendered template should be merged with the existing Secret data.
     *
     * @schema ExternalSecretSpecTargetTemplate#mergePolicy
     */
    readonly mergePolicy?: ExternalSecretSpecTargetTemplateMergePolicy;
    /**
     * ExternalSecretTemplateMetadata defines metadata fields for the Secret blueprint.
     *
     * @schema ExternalSecretSpecTargetTemplate#metadata
     */
    readonly metadata?: ExternalSecretSpecTargetTemplateMetadata;
    /**
     * @schema ExternalSecretSpecTargetTemplate#templateFrom
     */
    readonly templateFrom?: ExternalSecretSpecTargetTemplateTemplateFrom[];
    /**
     * @schema ExternalSecretSpecTargetTemplate#type
     */
    readonly type?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplate' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplate(obj: ExternalSecretSpecTargetTemplate | undefined): Record<string, any> | undefined;
/**
 * Used to define a conversion Strategy
 *
 * @schema ExternalSecretSpecDataRemoteRefConversionStrategy
 */
export declare enum ExternalSecretSpecDataRemoteRefConversionStrategy {
    /** Default */
    DEFAULT = "Default",
    /** Unicode */
    UNICODE = "Unicode"
}
/**
 * Used to define a decoding Strategy
 *
 * @schema ExternalSecretSpecDataRemoteRefDecodingStrategy
 */
export declare enum ExternalSecretSpecDataRemoteRefDecodingStrategy {
    /** Auto */
    AUTO = "Auto",
    /** Base64 */
    BASE64 = "Base64",
    /** Base64URL */
    BASE64_URL = "Base64URL",
    /** None */
    NONE = "None"
}
/**
 * Policy for fetching tags/labels from provider secrets, possible options are Fetch, None. Defaults to None
 *
 * @default None
 * @schema ExternalSecretSpecDataRemoteRefMetadataPolicy
 */
export declare enum ExternalSecretSpecDataRemoteRefMetadataPolicy {
    /** None */
    NONE = "None",
    /** Fetch */
    FETCH = "Fetch"
}
/**
 * GeneratorRef points to a generator custom resource.
 *
 * Deprecated: The generatorRef is not implemented in .data[].
 * this will be removed with v1.
 *
 * @schema ExternalSecretSpecDataSourceRefGeneratorRef
 */
export interface ExternalSecretSpecDataSourceRefGeneratorRef {
    /**
     * Specify the apiVersion of the generator resource
     *
     * @schema ExternalSecretSpecDataSourceRefGeneratorRef#apiVersion
     */
    readonly apiVersion?: string;
    /**
     * Specify the Kind of the generator resource
     *
     * @schema ExternalSecretSpecDataSourceRefGeneratorRef#kind
     */
    readonly kind: ExternalSecretSpecDataSourceRefGeneratorRefKind;
    /**
     * Specify the name of the generator resource
     *
     * @schema ExternalSecretSpecDataSourceRefGeneratorRef#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataSourceRefGeneratorRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataSourceRefGeneratorRef(obj: ExternalSecretSpecDataSourceRefGeneratorRef | undefined): Record<string, any> | undefined;
/**
 * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
 *
 * @schema ExternalSecretSpecDataSourceRefStoreRef
 */
export interface ExternalSecretSpecDataSourceRefStoreRef {
    /**
     * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
     * Defaults to `SecretStore`
     *
     * @default SecretStore`
     * @schema ExternalSecretSpecDataSourceRefStoreRef#kind
     */
    readonly kind?: ExternalSecretSpecDataSourceRefStoreRefKind;
    /**
     * Name of the SecretStore resource
     *
     * @schema ExternalSecretSpecDataSourceRefStoreRef#name
     */
    readonly name?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataSourceRefStoreRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataSourceRefStoreRef(obj: ExternalSecretSpecDataSourceRefStoreRef | undefined): Record<string, any> | undefined;
/**
 * Used to define a conversion Strategy
 *
 * @schema ExternalSecretSpecDataFromExtractConversionStrategy
 */
export declare enum ExternalSecretSpecDataFromExtractConversionStrategy {
    /** Default */
    DEFAULT = "Default",
    /** Unicode */
    UNICODE = "Unicode"
}
/**
 * Used to define a decoding Strategy
 *
 * @schema ExternalSecretSpecDataFromExtractDecodingStrategy
 */
export declare enum ExternalSecretSpecDataFromExtractDecodingStrategy {
    /** Auto */
    AUTO = "Auto",
    /** Base64 */
    BASE64 = "Base64",
    /** Base64URL */
    BASE64_URL = "Base64URL",
    /** None */
    NONE = "None"
}
/**
 * Policy for fetching tags/labels from provider secrets, possible options are Fetch, None. Defaults to None
 *
 * @default None
 * @schema ExternalSecretSpecDataFromExtractMetadataPolicy
 */
export declare enum ExternalSecretSpecDataFromExtractMetadataPolicy {
    /** None */
    NONE = "None",
    /** Fetch */
    FETCH = "Fetch"
}
/**
 * Used to define a conversion Strategy
 *
 * @schema ExternalSecretSpecDataFromFindConversionStrategy
 */
export declare enum ExternalSecretSpecDataFromFindConversionStrategy {
    /** Default */
    DEFAULT = "Default",
    /** Unicode */
    UNICODE = "Unicode"
}
/**
 * Used to define a decoding Strategy
 *
 * @schema ExternalSecretSpecDataFromFindDecodingStrategy
 */
export declare enum ExternalSecretSpecDataFromFindDecodingStrategy {
    /** Auto */
    AUTO = "Auto",
    /** Base64 */
    BASE64 = "Base64",
    /** Base64URL */
    BASE64_URL = "Base64URL",
    /** None */
    NONE = "None"
}
/**
 * Finds secrets based on the name.
 *
 * @schema ExternalSecretSpecDataFromFindName
 */
export interface ExternalSecretSpecDataFromFindName {
    /**
     * Finds secrets base
     *
     * @schema ExternalSecretSpecDataFromFindName#regexp
     */
    readonly regexp?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromFindName' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromFindName(obj: ExternalSecretSpecDataFromFindName | undefined): Record<string, any> | undefined;
/**
 * Used to merge key/values in one single Secret
 * The resulting key will contain all values from the specified secrets
 *
 * @schema ExternalSecretSpecDataFromRewriteMerge
 */
export interface ExternalSecretSpecDataFromRewriteMerge {
    /**
     * Used to define the policy to use in conflict resolution.
     *
     * @schema ExternalSecretSpecDataFromRewriteMerge#conflictPolicy
     */
    readonly conflictPolicy?: ExternalSecretSpecDataFromRewriteMergeConflictPolicy;
    /**
     * Used to define the target key of the merge operation.
     * Required if strategy is JSON. Ignored otherwise.
     *
     * @schema ExternalSecretSpecDataFromRewriteMerge#into
     */
    readonly into?: string;
    /**
     * Used to define key priority in conflict resolution.
     *
     * @schema ExternalSecretSpecDataFromRewriteMerge#priority
     */
    readonly priority?: string[];
    /**
     * Used to define the policy when a key in the priority list does not exist in the input.
     *
     * @schema ExternalSecretSpecDataFromRewriteMerge#priorityPolicy
     */
    readonly priorityPolicy?: ExternalSecretSpecDataFromRewriteMergePriorityPolicy;
    /**
     * Used to define the strategy to use in the merge operation.
     *
     * @schema ExternalSecretSpecDataFromRewriteMerge#strategy
     */
    readonly strategy?: ExternalSecretSpecDataFromRewriteMergeStrategy;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromRewriteMerge' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromRewriteMerge(obj: ExternalSecretSpecDataFromRewriteMerge | undefined): Record<string, any> | undefined;
/**
 * Used to rewrite with regular expressions.
 * The resulting key will be the output of a regexp.ReplaceAll operation.
 *
 * @schema ExternalSecretSpecDataFromRewriteRegexp
 */
export interface ExternalSecretSpecDataFromRewriteRegexp {
    /**
     * Used to define the regular expression of a re.Compiler.
     *
     * @schema ExternalSecretSpecDataFromRewriteRegexp#source
     */
    readonly source: string;
    /**
     * Used to define the target pattern of a ReplaceAll operation.
     *
     * @schema ExternalSecretSpecDataFromRewriteRegexp#target
     */
    readonly target: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromRewriteRegexp' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromRewriteRegexp(obj: ExternalSecretSpecDataFromRewriteRegexp | undefined): Record<string, any> | undefined;
/**
 * Used to apply string transformation on the secrets.
 * The resulting key will be the output of the template applied by the operation.
 *
 * @schema ExternalSecretSpecDataFromRewriteTransform
 */
export interface ExternalSecretSpecDataFromRewriteTransform {
    /**
     * Used to define the template to apply on the secret name.
     * `.value ` will specify the secret name in the template.
     *
     * @schema ExternalSecretSpecDataFromRewriteTransform#template
     */
    readonly template: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromRewriteTransform' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromRewriteTransform(obj: ExternalSecretSpecDataFromRewriteTransform | undefined): Record<string, any> | undefined;
/**
 * GeneratorRef points to a generator custom resource.
 *
 * @schema ExternalSecretSpecDataFromSourceRefGeneratorRef
 */
export interface ExternalSecretSpecDataFromSourceRefGeneratorRef {
    /**
     * Specify the apiVersion of the generator resource
     *
     * @schema ExternalSecretSpecDataFromSourceRefGeneratorRef#apiVersion
     */
    readonly apiVersion?: string;
    /**
     * Specify the Kind of the generator resource
     *
     * @schema ExternalSecretSpecDataFromSourceRefGeneratorRef#kind
     */
    readonly kind: ExternalSecretSpecDataFromSourceRefGeneratorRefKind;
    /**
     * Specify the name of the generator resource
     *
     * @schema ExternalSecretSpecDataFromSourceRefGeneratorRef#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromSourceRefGeneratorRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromSourceRefGeneratorRef(obj: ExternalSecretSpecDataFromSourceRefGeneratorRef | undefined): Record<string, any> | undefined;
/**
 * SecretStoreRef defines which SecretStore to fetch the ExternalSecret data.
 *
 * @schema ExternalSecretSpecDataFromSourceRefStoreRef
 */
export interface ExternalSecretSpecDataFromSourceRefStoreRef {
    /**
     * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
     * Defaults to `SecretStore`
     *
     * @default SecretStore`
     * @schema ExternalSecretSpecDataFromSourceRefStoreRef#kind
     */
    readonly kind?: ExternalSecretSpecDataFromSourceRefStoreRefKind;
    /**
     * Name of the SecretStore resource
     *
     * @schema ExternalSecretSpecDataFromSourceRefStoreRef#name
     */
    readonly name?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecDataFromSourceRefStoreRef' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecDataFromSourceRefStoreRef(obj: ExternalSecretSpecDataFromSourceRefStoreRef | undefined): Record<string, any> | undefined;
/**
 * EngineVersion specifies the template engine version
 * that should be used to compile/execute the
 * template specified in .data and .templateFrom[].
 *
 * @schema ExternalSecretSpecTargetTemplateEngineVersion
 */
export declare enum ExternalSecretSpecTargetTemplateEngineVersion {
    /** v2 */
    V2 = "v2"
}
/**
 * TemplateMergePolicy defines how the rendered template should be merged with the existing Secret data.
 *
 * @schema ExternalSecretSpecTargetTemplateMergePolicy
 */
export declare enum ExternalSecretSpecTargetTemplateMergePolicy {
    /** Replace */
    REPLACE = "Replace",
    /** Merge */
    MERGE = "Merge"
}
/**
 * ExternalSecretTemplateMetadata defines metadata fields for the Secret blueprint.
 *
 * @schema ExternalSecretSpecTargetTemplateMetadata
 */
export interface ExternalSecretSpecTargetTemplateMetadata {
    /**
     * @schema ExternalSecretSpecTargetTemplateMetadata#annotations
     */
    readonly annotations?: {
        [key: string]: string;
    };
    /**
     * @schema ExternalSecretSpecTargetTemplateMetadata#finalizers
     */
    readonly finalizers?: string[];
    /**
     * @schema ExternalSecretSpecTargetTemplateMetadata#labels
     */
    readonly labels?: {
        [key: string]: string;
    };
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateMetadata' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateMetadata(obj: ExternalSecretSpecTargetTemplateMetadata | undefined): Record<string, any> | undefined;
/**
 * TemplateFrom specifies a source for templates.
 * Each item in the list can either reference a ConfigMap or a Secret resource.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFrom
 */
export interface ExternalSecretSpecTargetTemplateTemplateFrom {
    /**
     * TemplateRef specifies a reference to either a ConfigMap or a Secret resource.
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFrom#configMap
     */
    readonly configMap?: ExternalSecretSpecTargetTemplateTemplateFromConfigMap;
    /**
     * @schema ExternalSecretSpecTargetTemplateTemplateFrom#literal
     */
    readonly literal?: string;
    /**
     * TemplateRef specifies a reference to either a ConfigMap or a Secret resource.
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFrom#secret
     */
    readonly secret?: ExternalSecretSpecTargetTemplateTemplateFromSecret;
    /**
     * Target specifies where to place the template result.
     * For Secret resources, common values are: "Data", "Annotations", "Labels".
     * For custom resources (when spec.target.manifest is set), this supports
     * nested paths like "spec.database.config" or "data".
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFrom#target
     */
    readonly target?: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateTemplateFrom' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateTemplateFrom(obj: ExternalSecretSpecTargetTemplateTemplateFrom | undefined): Record<string, any> | undefined;
/**
 * Specify the Kind of the generator resource
 *
 * @schema ExternalSecretSpecDataSourceRefGeneratorRefKind
 */
export declare enum ExternalSecretSpecDataSourceRefGeneratorRefKind {
    /** ACRAccessToken */
    ACR_ACCESS_TOKEN = "ACRAccessToken",
    /** ClusterGenerator */
    CLUSTER_GENERATOR = "ClusterGenerator",
    /** CloudsmithAccessToken */
    CLOUDSMITH_ACCESS_TOKEN = "CloudsmithAccessToken",
    /** ECRAuthorizationToken */
    ECR_AUTHORIZATION_TOKEN = "ECRAuthorizationToken",
    /** Fake */
    FAKE = "Fake",
    /** GCRAccessToken */
    GCR_ACCESS_TOKEN = "GCRAccessToken",
    /** GithubAccessToken */
    GITHUB_ACCESS_TOKEN = "GithubAccessToken",
    /** QuayAccessToken */
    QUAY_ACCESS_TOKEN = "QuayAccessToken",
    /** Password */
    PASSWORD = "Password",
    /** SSHKey */
    SSH_KEY = "SSHKey",
    /** STSSessionToken */
    STS_SESSION_TOKEN = "STSSessionToken",
    /** UUID */
    UUID = "UUID",
    /** VaultDynamicSecret */
    VAULT_DYNAMIC_SECRET = "VaultDynamicSecret",
    /** Webhook */
    WEBHOOK = "Webhook",
    /** Grafana */
    GRAFANA = "Grafana",
    /** MFA */
    MFA = "MFA"
}
/**
 * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
 * Defaults to `SecretStore`
 *
 * @default SecretStore`
 * @schema ExternalSecretSpecDataSourceRefStoreRefKind
 */
export declare enum ExternalSecretSpecDataSourceRefStoreRefKind {
    /** SecretStore */
    SECRET_STORE = "SecretStore",
    /** ClusterSecretStore */
    CLUSTER_SECRET_STORE = "ClusterSecretStore"
}
/**
 * Used to define the policy to use in conflict resolution.
 *
 * @schema ExternalSecretSpecDataFromRewriteMergeConflictPolicy
 */
export declare enum ExternalSecretSpecDataFromRewriteMergeConflictPolicy {
    /** Ignore */
    IGNORE = "Ignore",
    /** Error */
    ERROR = "Error"
}
/**
 * Used to define the policy when a key in the priority list does not exist in the input.
 *
 * @schema ExternalSecretSpecDataFromRewriteMergePriorityPolicy
 */
export declare enum ExternalSecretSpecDataFromRewriteMergePriorityPolicy {
    /** IgnoreNotFound */
    IGNORE_NOT_FOUND = "IgnoreNotFound",
    /** Strict */
    STRICT = "Strict"
}
/**
 * Used to define the strategy to use in the merge operation.
 *
 * @schema ExternalSecretSpecDataFromRewriteMergeStrategy
 */
export declare enum ExternalSecretSpecDataFromRewriteMergeStrategy {
    /** Extract */
    EXTRACT = "Extract",
    /** JSON */
    JSON = "JSON"
}
/**
 * Specify the Kind of the generator resource
 *
 * @schema ExternalSecretSpecDataFromSourceRefGeneratorRefKind
 */
export declare enum ExternalSecretSpecDataFromSourceRefGeneratorRefKind {
    /** ACRAccessToken */
    ACR_ACCESS_TOKEN = "ACRAccessToken",
    /** ClusterGenerator */
    CLUSTER_GENERATOR = "ClusterGenerator",
    /** CloudsmithAccessToken */
    CLOUDSMITH_ACCESS_TOKEN = "CloudsmithAccessToken",
    /** ECRAuthorizationToken */
    ECR_AUTHORIZATION_TOKEN = "ECRAuthorizationToken",
    /** Fake */
    FAKE = "Fake",
    /** GCRAccessToken */
    GCR_ACCESS_TOKEN = "GCRAccessToken",
    /** GithubAccessToken */
    GITHUB_ACCESS_TOKEN = "GithubAccessToken",
    /** QuayAccessToken */
    QUAY_ACCESS_TOKEN = "QuayAccessToken",
    /** Password */
    PASSWORD = "Password",
    /** SSHKey */
    SSH_KEY = "SSHKey",
    /** STSSessionToken */
    STS_SESSION_TOKEN = "STSSessionToken",
    /** UUID */
    UUID = "UUID",
    /** VaultDynamicSecret */
    VAULT_DYNAMIC_SECRET = "VaultDynamicSecret",
    /** Webhook */
    WEBHOOK = "Webhook",
    /** Grafana */
    GRAFANA = "Grafana",
    /** MFA */
    MFA = "MFA"
}
/**
 * Kind of the SecretStore resource (SecretStore or ClusterSecretStore)
 * Defaults to `SecretStore`
 *
 * @default SecretStore`
 * @schema ExternalSecretSpecDataFromSourceRefStoreRefKind
 */
export declare enum ExternalSecretSpecDataFromSourceRefStoreRefKind {
    /** SecretStore */
    SECRET_STORE = "SecretStore",
    /** ClusterSecretStore */
    CLUSTER_SECRET_STORE = "ClusterSecretStore"
}
/**
 * TemplateRef specifies a reference to either a ConfigMap or a Secret resource.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMap
 */
export interface ExternalSecretSpecTargetTemplateTemplateFromConfigMap {
    /**
     * A list of keys in the ConfigMap/Secret to use as templates for Secret data
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMap#items
     */
    readonly items: ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems[];
    /**
     * The name of the ConfigMap/Secret resource
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMap#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateTemplateFromConfigMap' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateTemplateFromConfigMap(obj: ExternalSecretSpecTargetTemplateTemplateFromConfigMap | undefined): Record<string, any> | undefined;
/**
 * TemplateRef specifies a reference to either a ConfigMap or a Secret resource.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromSecret
 */
export interface ExternalSecretSpecTargetTemplateTemplateFromSecret {
    /**
     * A list of keys in the ConfigMap/Secret to use as templates for Secret data
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromSecret#items
     */
    readonly items: ExternalSecretSpecTargetTemplateTemplateFromSecretItems[];
    /**
     * The name of the ConfigMap/Secret resource
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromSecret#name
     */
    readonly name: string;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateTemplateFromSecret' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateTemplateFromSecret(obj: ExternalSecretSpecTargetTemplateTemplateFromSecret | undefined): Record<string, any> | undefined;
/**
 * TemplateRefItem specifies a key in the ConfigMap/Secret to use as a template for Secret data.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems
 */
export interface ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems {
    /**
     * A key in the ConfigMap/Secret
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems#key
     */
    readonly key: string;
    /**
     * TemplateScope specifies how the template keys should be interpreted.
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems#templateAs
     */
    readonly templateAs?: ExternalSecretSpecTargetTemplateTemplateFromConfigMapItemsTemplateAs;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems(obj: ExternalSecretSpecTargetTemplateTemplateFromConfigMapItems | undefined): Record<string, any> | undefined;
/**
 * TemplateRefItem specifies a key in the ConfigMap/Secret to use as a template for Secret data.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromSecretItems
 */
export interface ExternalSecretSpecTargetTemplateTemplateFromSecretItems {
    /**
     * A key in the ConfigMap/Secret
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromSecretItems#key
     */
    readonly key: string;
    /**
     * TemplateScope specifies how the template keys should be interpreted.
     *
     * @schema ExternalSecretSpecTargetTemplateTemplateFromSecretItems#templateAs
     */
    readonly templateAs?: ExternalSecretSpecTargetTemplateTemplateFromSecretItemsTemplateAs;
}
/**
 * Converts an object of type 'ExternalSecretSpecTargetTemplateTemplateFromSecretItems' to JSON representation.
 */
export declare function toJson_ExternalSecretSpecTargetTemplateTemplateFromSecretItems(obj: ExternalSecretSpecTargetTemplateTemplateFromSecretItems | undefined): Record<string, any> | undefined;
/**
 * TemplateScope specifies how the template keys should be interpreted.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromConfigMapItemsTemplateAs
 */
export declare enum ExternalSecretSpecTargetTemplateTemplateFromConfigMapItemsTemplateAs {
    /** Values */
    VALUES = "Values",
    /** KeysAndValues */
    KEYS_AND_VALUES = "KeysAndValues"
}
/**
 * TemplateScope specifies how the template keys should be interpreted.
 *
 * @schema ExternalSecretSpecTargetTemplateTemplateFromSecretItemsTemplateAs
 */
export declare enum ExternalSecretSpecTargetTemplateTemplateFromSecretItemsTemplateAs {
    /** Values */
    VALUES = "Values",
    /** KeysAndValues */
    KEYS_AND_VALUES = "KeysAndValues"
}
