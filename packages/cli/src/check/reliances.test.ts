import { describe, expect, test } from 'vitest'
import { soundSubject } from './fixtures/sound-subject.ts'
import { reliances } from './reliances.ts'

const whats = (...parameters: Parameters<typeof soundSubject>): string[] =>
  reliances(soundSubject(...parameters)).map(({ what, from }) => `${from}: ${what}`)

describe('an environment relies', () => {
  test('on an archive that reaches back to the time of a recovery', () => {
    const archives = (to: string) => {
      const recovery = { from: 'postgres', to, name: 'postgres-2' }
      return whats({ environment: { postgres: { kind: 'cnpg', maxConnections: 2000, recovery } } }).filter((what) =>
        what.includes('Archive'),
      )
    }
    expect(archives('2025-01-31T10:15:00Z')).toEqual([
      'outside: Archive backups/sound/postgres of the database, with a base backup that ended before 2025-01-31T10:15:00Z, and a transaction after it',
    ])
    expect(archives('latest')).toEqual(['outside: Archive backups/sound/postgres of the database, with a base backup'])
  })

  test('on features of the cluster, on operators that are already installed, and on external services', () => {
    expect(whats()).toEqual([
      'cluster: Kubernetes 1.34 to 1.37',
      'cluster: A network plugin that enforces NetworkPolicies',
      'cluster: DNS at pods k8s-app=kube-dns in namespace kube-system, port 53',
      'cluster: The API server, at any address and port 443 or 6443: set cluster.apiServerAddresses to narrow this opening',
      'cluster: 3 nodes, one for each instance of the database',
      'outside: Registry ghcr.io, from which the nodes pull images without imagePullSecrets',
      'outside: Registry registry.example.com, from which the nodes pull images without imagePullSecrets',
      'outside: Registry docker.io, from which the nodes pull images without imagePullSecrets',
      'cluster: metrics-server',
      'cluster: A default StorageClass',
      'cluster: Prometheus in namespace monitoring, with an operator that selects release=prometheus',
      'cluster: Prometheus that scrapes the kubelets',
      'cluster: Alertmanager that sends alerts to people by their label severity (page, ticket)',
      'cluster: Grafana that loads dashboards from ConfigMaps',
      'cluster: Namespace clients, whose pods call the API',
      'cluster: Argo CD in namespace argocd',
      "cluster: CloudNativePG's barman-cloud plugin",
      'cluster: external-secrets',
      'cluster: CloudNativePG in namespace cnpg-system',
      "cluster: Hadal's health checks in Argo CD's ConfigMap argocd-cm (hadal argocd settings prints them; --check shows drift)",
      'outside: Git repository https://git.example.com/platform/hadal.git at revision main, which Argo CD can read',
      'stack: Namespace hadal-sound and the root Application hadal-sound',
      'cluster: ClusterSecretStore platform with the secrets under hadal/sound: db-credentials (url, direct-url, read-url, username, password); redis-credentials (url); llm-credentials (anthropic-key); encryption-keys (encryption-key); langsmith-credentials (api-key); backup-credentials (access-key-id, secret-access-key); deletion-log-credentials (access-key-id, secret-access-key); backup-keys (identity)',
      'outside: Redis at redis.example.com:6379 (192.0.2.0/28)',
      'outside: Bucket backups (AWS S3, us-east-1)',
      'outside: Model provider anthropic at its own public address',
      'outside: LangSmith at https://api.smith.langchain.com',
    ])
  })

  test('on its Pulumi stack for the operators and Secrets that the stack creates', () => {
    const found = whats({
      environment: { cluster: { operators: 'managed' }, secrets: { kind: 'pulumi' } },
    })
    expect(found).toContain('stack: CloudNativePG in namespace cnpg-system')
    expect(found.join()).toContain("stack: Hadal's health checks in Argo CD's ConfigMap")
    expect(found).toContain("stack: The Secrets, created by this environment's Pulumi stack")
  })

  test('on the storage class, the Gateway and the issuer that it names', () => {
    const storage = { size: '20Gi', class: 'fast' }
    const gateway = { name: 'public', namespace: 'gateways', listener: 'https' }
    const found = whats({
      environment: {
        protected: false,
        postgres: { kind: 'cnpg', maxConnections: 2000, storage },
        exposure: { kind: 'gateway', host: 'agents.example.com', gateway },
      },
    })
    expect(found).toContain('cluster: StorageClass fast')
    expect(found).toContain('cluster: Gateway gateways/public with a listener "https" that ends TLS')
    expect(found).toContain(
      'cluster: A Gateway controller whose proxies connect from namespace gateways, and a listener "https" that allows routes of namespace hadal-sound',
    )
    expect(found).toContain(
      "cluster: A certificate of agents.example.com in the Gateway's listener; an ACME challenge for it runs in namespace gateways, not in this environment",
    )
    const issuer = { kind: 'ClusterIssuer', name: 'ca' } as const
    const exposure = {
      kind: 'ingress',
      host: 'a.example.com',
      className: 'nginx',
      controllerNamespace: 'in',
      issuer,
    } as const
    const byIngress = whats({ environment: { protected: false, exposure } })
    expect(byIngress).toContain(
      'cluster: An Ingress controller for class nginx whose proxies connect from namespace in',
    )
    expect(byIngress).toContain('cluster: ClusterIssuer ca')
    expect(byIngress).toContain('cluster: cert-manager')
    expect(byIngress).toContain(
      "cluster: If ClusterIssuer ca is an ACME issuer with http01: cert-manager's default resources for the solver's pod, which admits only connections from namespace in, at port 8089",
    )
    expect(byIngress).toContain('outside: A DNS record of a.example.com')
  })

  test('on the addresses of load balancers that connect directly to pods, and on what they write into X-Forwarded-For', () => {
    const gateway = { name: 'public', namespace: 'gateways' }
    const host = 'agents.example.com'
    const proxyAddresses = ['35.191.0.0/16', '10.9.0.0/24']
    const balancer = { kind: 'gateway', host, gateway, proxyAddresses, trustedProxies: 2 } as const
    const found = whats({ environment: { protected: false, exposure: balancer } })
    expect(found).toContain(
      'cluster: A Gateway controller whose proxies connect from addresses in 35.191.0.0/16, 10.9.0.0/24, and a listener "https" that allows routes of namespace hadal-sound',
    )
    expect(found).toContain("cluster: Proxies that append exactly 2 addresses to X-Forwarded-For, the client's first")
    const issuer = { kind: 'ClusterIssuer', name: 'ca' } as const
    const ingress = { kind: 'ingress' as const, host, className: 'alb', proxyAddresses: ['10.0.1.0/24'], issuer }
    const byIngress = whats({ environment: { protected: false, exposure: ingress } })
    expect(byIngress).toContain(
      'cluster: An Ingress controller for class alb whose proxies connect from addresses in 10.0.1.0/24',
    )
    expect(byIngress.join()).not.toContain('X-Forwarded-For')
  })

  test('on an external database and its read replicas', () => {
    const postgres = {
      kind: 'external' as const,
      host: 'db.example.com',
      readHost: 'read.example.com',
      addresses: ['192.0.2.0/28'],
      maxConnections: 2000,
    }
    const found = whats({ environment: { protected: false, development: true, backup: { kind: 'none' }, postgres } })
    expect(found).toContain('outside: PostgreSQL at db.example.com:5432 (192.0.2.0/28)')
    expect(found).toContain('outside: Read replicas of PostgreSQL at read.example.com:5432')
  })

  test('on the operator of its Redis cluster and on storage for it', () => {
    const redis = { kind: 'cluster', storage: { size: '2Gi', class: 'quick' } } as const
    const found = whats({ environment: { redis } })
    expect(found).toContain(
      'cluster: redis-operator (OT-CONTAINER-KIT) in namespace ot-operators, with its gate GenerateConfigInInitContainer',
    )
    expect(found).toContain('cluster: StorageClass quick')
  })

  test('on storage for the scratch database of drills, also with a database outside of the cluster', () => {
    const subject = soundSubject({
      environment: {
        postgres: { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'], maxConnections: 2000 },
        backup: { kind: 's3', bucket: 'backups', drill: { storage: { class: 'quick' } } },
      },
    })
    const drill = subject.objects.find(({ kind, name }) => kind === 'CronJob' && name === 'deep-agents-drill')
    const line = (drill?.text.split('\n').findIndex((text) => text.includes('volumeClaimTemplate')) ?? 0) + 1
    const found = reliances(subject).find(({ what }) => what === 'StorageClass quick')
    expect(found?.evidence).toMatchObject({ object: 'CronJob deep-agents-drill', line: line - 1 })
  })

  test('on the controller of sandboxes, which no stack installs, and on their RuntimeClass', () => {
    const sandbox = {
      kind: 'agent-sandbox' as const,
      image: `registry.example.com/sandbox@sha256:${'2'.repeat(64)}`,
      runtimeClass: 'gvisor',
    }
    const cluster = { operators: 'managed' as const, apiServerAddresses: ['192.0.2.32/32'] }
    const found = whats({ environment: { sandbox, cluster, secrets: { kind: 'pulumi' } } })
    expect(found).toContain('cluster: agent-sandbox (kubernetes-sigs) with its extensions')
    expect(found).toContain('cluster: RuntimeClass gvisor')
  })

  test('on model providers, collectors, storage and named openings, where the configuration says that they are', () => {
    const pods = { kind: 'pods', namespace: 'platform', labels: { app: 'litellm' }, ports: [4000] } as const
    const found = whats({
      environment: {
        models: {
          providers: {
            anthropic: {},
            openai: {
              baseUrl: 'http://litellm.platform.svc:4000',
              destination: { ...pods, ports: [4000], plainHttp: true },
            },
          },
          default: 'openai:a',
        },
        agents: {
          crm: {
            settings: {
              CRM_URL: 'https://crm.example.com',
              CRM_TEAM: 'sales',
              MCP_URL: 'http://mcp.platform.svc',
              OLD_URL: 'http://old.crm.svc',
            },
          },
        },
        egress: {
          crm: { kind: 'addresses', cidrs: ['10.20.0.0/24'], ports: [443, 8443] },
          mcp: { ...pods, ports: [8080] },
        },
        tracing: { kind: 'otlp', endpoint: 'https://collector.traces.svc:4318' },
        backup: {
          kind: 's3',
          bucket: 'backups',
          endpoint: 'minio.platform.svc',
          destination: { ...pods, ports: [9000] },
        },
        cluster: { operators: 'present', apiServerAddresses: ['192.0.2.32/32'] },
      },
    })
    expect(found.filter((what) => /provider|egress|crm|mcp|collector|Bucket|API server/.test(what))).toEqual([
      'cluster: The API server at 192.0.2.32/32, port 443 or 6443',
      'cluster: Bucket backups (minio.platform.svc; pods app=litellm in namespace platform, port 9000)',
      'outside: Model provider anthropic at its own public address',
      'cluster: Model provider openai at http://litellm.platform.svc:4000 (pods app=litellm in namespace platform, port 4000; without TLS)',
      'outside: OTLP collector at https://collector.traces.svc:4318',
      "outside: crm's CRM_URL: https://crm.example.com, at a public address or in egress",
      "cluster: crm's MCP_URL: http://mcp.platform.svc, through egress.mcp",
      "outside: crm's OLD_URL: http://old.crm.svc, which no NetworkPolicy allows: if a tool connects to it, add it to egress",
      'outside: crm: 10.20.0.0/24, ports 443, 8443',
      'cluster: mcp: pods app=litellm in namespace platform, port 8080',
    ])
  })

  test('on metrics-server only if something scales by CPU', () => {
    const agent = { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 3 } } } as const
    expect(whats({ environment: { agent } }).join()).not.toContain('metrics-server')
  })

  test('on the nodes that its scheduling selects, and on the identities of its ServiceAccounts', () => {
    const role = 'arn:aws:iam::123456789012:role/hadal'
    const serviceAccountAnnotations = { 'eks.amazonaws.com/role-arn': role }
    const scheduling = { nodeSelector: { pool: 'data' }, tolerations: [{ operator: 'Exists' as const, key: 'pool' }] }
    const found = whats({
      environment: {
        imagePullSecret: true,
        agent: {
          topology: 'together',
          all: { autoscaling: { kind: 'cpu', min: 2 } },
          scheduling: { nodeSelector: { pool: 'agents', zone: 'a' }, priorityClassName: 'production' },
          serviceAccountAnnotations,
        },
        postgres: { kind: 'cnpg', maxConnections: 2000, scheduling, serviceAccountAnnotations },
        backup: { kind: 's3', bucket: 'backups', credentials: 'workload-identity' },
        models: {
          providers: { bedrock: { region: 'eu-central-1' }, anthropic: {} },
          packages: { mistralai: { package: '@langchain/mistralai', class: 'ChatMistralAI' } },
          default: 'bedrock:amazon.nova-pro-v1:0',
        },
      },
    })
    for (const reliance of [
      'cluster: Nodes with the labels pool=agents, zone=a, for agent',
      'cluster: Nodes with the labels pool=data, and without taints other than pool, for postgres',
      'cluster: PriorityClass production',
      'outside: Registry registry.example.com, from which the nodes pull images with the imagePullSecrets of the pods',
      `outside: Workload identity of the agents' ServiceAccount: eks.amazonaws.com/role-arn=${role}`,
      `outside: Workload identity of the database's ServiceAccount: eks.amazonaws.com/role-arn=${role}`,
      "outside: Permission to call the models of bedrock for the identity of the agents' ServiceAccount (IRSA, or EKS Pod Identity at 169.254.170.23/32)",
      'outside: Model provider mistralai, called by @langchain/mistralai, at a public address and port 443 or in egress',
      "outside: Read, write and delete access to the bucket backups/sound/archive/ for the identity of the backups' ServiceAccount (IRSA, or EKS Pod Identity at 169.254.170.23/32)",
      "outside: Write access to the bucket backups/sound/archive/deletions/ for the identity of the agents' ServiceAccount (IRSA, or EKS Pod Identity at 169.254.170.23/32)",
      "outside: Write access to the bucket backups for the identity of the database's ServiceAccount (IRSA, or EKS Pod Identity at 169.254.170.23/32)",
    ])
      expect(found).toContain(reliance)
  })
})
