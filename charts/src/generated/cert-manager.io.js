import { ApiObject } from 'cdk8s';
export class Certificate extends ApiObject {
    static GVK = {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
    };
    static manifest(props = {}) {
        return {
            ...Certificate.GVK,
            ...toJson_CertificateProps(props),
        };
    }
    constructor(scope, id, props = {}) {
        super(scope, id, {
            ...Certificate.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...Certificate.GVK,
            ...toJson_CertificateProps(resolved),
        };
    }
}
export function toJson_CertificateProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_CertificateSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'additionalOutputFormats': obj.additionalOutputFormats?.map(y => toJson_CertificateSpecAdditionalOutputFormats(y)),
        'commonName': obj.commonName,
        'dnsNames': obj.dnsNames?.map(y => y),
        'duration': obj.duration,
        'emailAddresses': obj.emailAddresses?.map(y => y),
        'encodeUsagesInRequest': obj.encodeUsagesInRequest,
        'ipAddresses': obj.ipAddresses?.map(y => y),
        'isCA': obj.isCa,
        'issuerRef': toJson_CertificateSpecIssuerRef(obj.issuerRef),
        'keystores': toJson_CertificateSpecKeystores(obj.keystores),
        'literalSubject': obj.literalSubject,
        'nameConstraints': toJson_CertificateSpecNameConstraints(obj.nameConstraints),
        'otherNames': obj.otherNames?.map(y => toJson_CertificateSpecOtherNames(y)),
        'privateKey': toJson_CertificateSpecPrivateKey(obj.privateKey),
        'renewBefore': obj.renewBefore,
        'renewBeforePercentage': obj.renewBeforePercentage,
        'renewal': toJson_CertificateSpecRenewal(obj.renewal),
        'revisionHistoryLimit': obj.revisionHistoryLimit,
        'secretName': obj.secretName,
        'secretTemplate': toJson_CertificateSpecSecretTemplate(obj.secretTemplate),
        'signatureAlgorithm': obj.signatureAlgorithm,
        'subject': toJson_CertificateSpecSubject(obj.subject),
        'uris': obj.uris?.map(y => y),
        'usages': obj.usages?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecAdditionalOutputFormats(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'type': obj.type,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecIssuerRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'group': obj.group,
        'kind': obj.kind,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecKeystores(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'jks': toJson_CertificateSpecKeystoresJks(obj.jks),
        'pkcs12': toJson_CertificateSpecKeystoresPkcs12(obj.pkcs12),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecNameConstraints(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'critical': obj.critical,
        'excluded': toJson_CertificateSpecNameConstraintsExcluded(obj.excluded),
        'permitted': toJson_CertificateSpecNameConstraintsPermitted(obj.permitted),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecOtherNames(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'oid': obj.oid,
        'utf8Value': obj.utf8Value,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecPrivateKey(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'algorithm': obj.algorithm,
        'encoding': obj.encoding,
        'rotationPolicy': obj.rotationPolicy,
        'size': obj.size,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecRenewal(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'policy': obj.policy,
        'windows': obj.windows?.map(y => toJson_CertificateSpecRenewalWindows(y)),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecSecretTemplate(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'annotations': ((obj.annotations) === undefined) ? undefined : (Object.entries(obj.annotations).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
        'labels': ((obj.labels) === undefined) ? undefined : (Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var CertificateSpecSignatureAlgorithm;
(function (CertificateSpecSignatureAlgorithm) {
    CertificateSpecSignatureAlgorithm["SHA256_WITH_RSA"] = "SHA256WithRSA";
    CertificateSpecSignatureAlgorithm["SHA384_WITH_RSA"] = "SHA384WithRSA";
    CertificateSpecSignatureAlgorithm["SHA512_WITH_RSA"] = "SHA512WithRSA";
    CertificateSpecSignatureAlgorithm["ECDSA_WITH_SHA256"] = "ECDSAWithSHA256";
    CertificateSpecSignatureAlgorithm["ECDSA_WITH_SHA384"] = "ECDSAWithSHA384";
    CertificateSpecSignatureAlgorithm["ECDSA_WITH_SHA512"] = "ECDSAWithSHA512";
    CertificateSpecSignatureAlgorithm["PURE_ED25519"] = "PureEd25519";
})(CertificateSpecSignatureAlgorithm || (CertificateSpecSignatureAlgorithm = {}));
export function toJson_CertificateSpecSubject(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'countries': obj.countries?.map(y => y),
        'localities': obj.localities?.map(y => y),
        'organizationalUnits': obj.organizationalUnits?.map(y => y),
        'organizations': obj.organizations?.map(y => y),
        'postalCodes': obj.postalCodes?.map(y => y),
        'provinces': obj.provinces?.map(y => y),
        'serialNumber': obj.serialNumber,
        'streetAddresses': obj.streetAddresses?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var CertificateSpecUsages;
(function (CertificateSpecUsages) {
    CertificateSpecUsages["SIGNING"] = "signing";
    CertificateSpecUsages["DIGITAL_SIGNATURE"] = "digital signature";
    CertificateSpecUsages["CONTENT_COMMITMENT"] = "content commitment";
    CertificateSpecUsages["KEY_ENCIPHERMENT"] = "key encipherment";
    CertificateSpecUsages["KEY_AGREEMENT"] = "key agreement";
    CertificateSpecUsages["DATA_ENCIPHERMENT"] = "data encipherment";
    CertificateSpecUsages["CERT_SIGN"] = "cert sign";
    CertificateSpecUsages["CRL_SIGN"] = "crl sign";
    CertificateSpecUsages["ENCIPHER_ONLY"] = "encipher only";
    CertificateSpecUsages["DECIPHER_ONLY"] = "decipher only";
    CertificateSpecUsages["ANY"] = "any";
    CertificateSpecUsages["SERVER_AUTH"] = "server auth";
    CertificateSpecUsages["CLIENT_AUTH"] = "client auth";
    CertificateSpecUsages["CODE_SIGNING"] = "code signing";
    CertificateSpecUsages["EMAIL_PROTECTION"] = "email protection";
    CertificateSpecUsages["S_FORWARD_SLASH_MIME"] = "s/mime";
    CertificateSpecUsages["IPSEC_END_SYSTEM"] = "ipsec end system";
    CertificateSpecUsages["IPSEC_TUNNEL"] = "ipsec tunnel";
    CertificateSpecUsages["IPSEC_USER"] = "ipsec user";
    CertificateSpecUsages["TIMESTAMPING"] = "timestamping";
    CertificateSpecUsages["OCSP_SIGNING"] = "ocsp signing";
    CertificateSpecUsages["MICROSOFT_SGC"] = "microsoft sgc";
    CertificateSpecUsages["NETSCAPE_SGC"] = "netscape sgc";
})(CertificateSpecUsages || (CertificateSpecUsages = {}));
export var CertificateSpecAdditionalOutputFormatsType;
(function (CertificateSpecAdditionalOutputFormatsType) {
    CertificateSpecAdditionalOutputFormatsType["DER"] = "DER";
    CertificateSpecAdditionalOutputFormatsType["COMBINED_PEM"] = "CombinedPEM";
})(CertificateSpecAdditionalOutputFormatsType || (CertificateSpecAdditionalOutputFormatsType = {}));
export function toJson_CertificateSpecKeystoresJks(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'alias': obj.alias,
        'create': obj.create,
        'password': obj.password,
        'passwordSecretRef': toJson_CertificateSpecKeystoresJksPasswordSecretRef(obj.passwordSecretRef),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecKeystoresPkcs12(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'create': obj.create,
        'password': obj.password,
        'passwordSecretRef': toJson_CertificateSpecKeystoresPkcs12PasswordSecretRef(obj.passwordSecretRef),
        'profile': obj.profile,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecNameConstraintsExcluded(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'dnsDomains': obj.dnsDomains?.map(y => y),
        'emailAddresses': obj.emailAddresses?.map(y => y),
        'ipRanges': obj.ipRanges?.map(y => y),
        'uriDomains': obj.uriDomains?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecNameConstraintsPermitted(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'dnsDomains': obj.dnsDomains?.map(y => y),
        'emailAddresses': obj.emailAddresses?.map(y => y),
        'ipRanges': obj.ipRanges?.map(y => y),
        'uriDomains': obj.uriDomains?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var CertificateSpecPrivateKeyAlgorithm;
(function (CertificateSpecPrivateKeyAlgorithm) {
    CertificateSpecPrivateKeyAlgorithm["RSA"] = "RSA";
    CertificateSpecPrivateKeyAlgorithm["ECDSA"] = "ECDSA";
    CertificateSpecPrivateKeyAlgorithm["ED25519"] = "Ed25519";
})(CertificateSpecPrivateKeyAlgorithm || (CertificateSpecPrivateKeyAlgorithm = {}));
export var CertificateSpecPrivateKeyEncoding;
(function (CertificateSpecPrivateKeyEncoding) {
    CertificateSpecPrivateKeyEncoding["PKCS1"] = "PKCS1";
    CertificateSpecPrivateKeyEncoding["PKCS8"] = "PKCS8";
})(CertificateSpecPrivateKeyEncoding || (CertificateSpecPrivateKeyEncoding = {}));
export var CertificateSpecPrivateKeyRotationPolicy;
(function (CertificateSpecPrivateKeyRotationPolicy) {
    CertificateSpecPrivateKeyRotationPolicy["NEVER"] = "Never";
    CertificateSpecPrivateKeyRotationPolicy["ALWAYS"] = "Always";
})(CertificateSpecPrivateKeyRotationPolicy || (CertificateSpecPrivateKeyRotationPolicy = {}));
export var CertificateSpecRenewalPolicy;
(function (CertificateSpecRenewalPolicy) {
    CertificateSpecRenewalPolicy["RENEW_BEFORE"] = "RenewBefore";
    CertificateSpecRenewalPolicy["DISABLED"] = "Disabled";
})(CertificateSpecRenewalPolicy || (CertificateSpecRenewalPolicy = {}));
export function toJson_CertificateSpecRenewalWindows(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'cron': obj.cron,
        'timezone': obj.timezone,
        'windowDuration': obj.windowDuration,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecKeystoresJksPasswordSecretRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_CertificateSpecKeystoresPkcs12PasswordSecretRef(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'key': obj.key,
        'name': obj.name,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export var CertificateSpecKeystoresPkcs12Profile;
(function (CertificateSpecKeystoresPkcs12Profile) {
    CertificateSpecKeystoresPkcs12Profile["LEGACY_RC2"] = "LegacyRC2";
    CertificateSpecKeystoresPkcs12Profile["LEGACY_DES"] = "LegacyDES";
    CertificateSpecKeystoresPkcs12Profile["MODERN2023"] = "Modern2023";
    CertificateSpecKeystoresPkcs12Profile["MODERN2026"] = "Modern2026";
})(CertificateSpecKeystoresPkcs12Profile || (CertificateSpecKeystoresPkcs12Profile = {}));
export class Issuer extends ApiObject {
    static GVK = {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
    };
    static manifest(props) {
        return {
            ...Issuer.GVK,
            ...toJson_IssuerProps(props),
        };
    }
    constructor(scope, id, props) {
        super(scope, id, {
            ...Issuer.GVK,
            ...props,
        });
    }
    toJson() {
        const resolved = super.toJson();
        return {
            ...Issuer.GVK,
            ...toJson_IssuerProps(resolved),
        };
    }
}
export function toJson_IssuerProps(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'metadata': obj.metadata,
        'spec': toJson_IssuerSpec(obj.spec),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_IssuerSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'ca': toJson_IssuerSpecCa(obj.ca),
        'selfSigned': toJson_IssuerSpecSelfSigned(obj.selfSigned),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_IssuerSpecCa(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'crlDistributionPoints': obj.crlDistributionPoints?.map(y => y),
        'issuingCertificateURLs': obj.issuingCertificateUrLs?.map(y => y),
        'ocspServers': obj.ocspServers?.map(y => y),
        'secretName': obj.secretName,
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
export function toJson_IssuerSpecSelfSigned(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'crlDistributionPoints': obj.crlDistributionPoints?.map(y => y),
    };
    return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
