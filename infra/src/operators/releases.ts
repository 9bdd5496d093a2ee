/** Manifests that a project published for one version. */
export interface Release {
  readonly version: string
  readonly url: string
  /**
   * SHA-256 checksum of the manifests. If it is missing, the release can't be installed (see `fetchRelease`).
   */
  readonly sha256?: string
}

/**
 * All releases that this stack can install. A version and its checksum change together.
 *
 * The checksums of Argo CD and prometheus-operator are of the files in their Go modules, which Go's checksum database verifies. The checksum of
 * CloudNativePG is of the file in the commit in its address. The others have none yet, because their release assets could not be downloaded.
 */
export const releases = {
  'argo-cd': {
    version: 'v3.6.1',
    url: 'https://raw.githubusercontent.com/argoproj/argo-cd/v3.6.1/manifests/install.yaml',
    sha256: '7be23ca7d9ca3d3074dee8332f1ca92a933b990cee7c9cf22cf3843ee8c2913e',
  },
  'prometheus-operator': {
    version: 'v0.85.0',
    url: 'https://raw.githubusercontent.com/prometheus-operator/prometheus-operator/v0.85.0/bundle.yaml',
    sha256: '602f3a0c4f91952cfbbaedeed6542a8231134537191965275b9e2c2e05aeab72',
  },
  'cert-manager': {
    version: 'v1.21.2',
    url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.21.2/cert-manager.yaml',
  },
  'cloudnative-pg': {
    version: '1.30.0',
    url: 'https://raw.githubusercontent.com/cloudnative-pg/cloudnative-pg/4b5e244a7d031f67e025c83c1555e7726ecbbfa1/releases/cnpg-1.30.0.yaml',
    sha256: 'f8bede43fe4ee0d478c2355b204a36876b2ae4faac60f2a9452280b293da3b88',
  },
  'plugin-barman-cloud': {
    version: 'v0.15.0',
    url: 'https://github.com/cloudnative-pg/plugin-barman-cloud/releases/download/v0.15.0/manifest.yaml',
  },
  'external-secrets': {
    version: 'v1.3.2',
    url: 'https://github.com/external-secrets/external-secrets/releases/download/v1.3.2/external-secrets.yaml',
  },
  keda: {
    version: 'v2.21.0',
    url: 'https://github.com/kedacore/keda/releases/download/v2.21.0/keda-2.21.0.yaml',
  },
} as const satisfies Readonly<Record<string, Release>>

export type ReleaseName = keyof typeof releases
