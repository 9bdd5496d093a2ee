/** Source code of a new alert: an example rule, three test cases and an outage, to be replaced. */
export const alertSource = (name: string, exported: string): string => `import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum seconds that the oldest run may wait. Replace it with your own threshold, and document its source. */
const most = 300

export const ${exported}: Alert = {
  name: '${name}',
  summary: \`A run has waited for more than \${most} seconds\`,
  description: \`The oldest waiting run has had no worker for more than \${most} seconds, for ten minutes without a break.\`,
  rules: (environment) => [
    { expr: \`max by (job) (\${series(environment, metrics.queueAge)}) > \${most}\`, for: '10m', severity: 'ticket' },
  ],
  cases: (environment) => {
    const age = (seconds: number) => ({
      series: series(environment, metrics.queueAge, { pod: 'a' }),
      values: \`\${seconds}x30\`,
    })
    return {
      fires: { samples: [age(most + 1)], at: '15m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('15m', [age(most)]),
      noData: nothing('15m'),
    }
  },
  outages: (environment) => ({
    // What is down when the alert fires, with everything else up.
    'the workers take no run': {
      changed: [{ metric: metrics.queueAge, values: '0+60x60' }],
      at: '30m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
`

/** Text of a new alert's runbook, with the same sections as the other runbooks. */
export const runbook = (name: string): string => `# ${name}

**Severity:** ticket. **Meaning:** for ten minutes the oldest waiting run has waited longer than the alert's threshold for a worker. Clients wait; no
run is lost. Write here how your alert affects users.

The alert's label \`environment\` names the environment; \`$NS\` below is its namespace (\`namespace\` in \`environments/<environment>/config.ts\`).

## First checks (two minutes)
1. Since when, and whether it grows: \`max by (job) (run_queue_age_seconds)\` in Prometheus.
2. Pods that execute runs: \`kubectl -n $NS get pods -l app.kubernetes.io/name=deep-agents -o wide\`
3. Their logs: \`kubectl -n $NS logs -l app.kubernetes.io/name=deep-agents -c agent --since=15m --tail=-1 --prefix\`
4. Recent changes: the newest commits under \`environments/<environment>/\`.

## Causes and fixes
| symptom | cause | fix |
|---|---|---|
| every worker is busy, CPU use is high | more runs than the workers can execute | raise \`autoscaling.max\` in \`config.ts\`; consider \`quota\` and the database's connections |
| no pod is ready | the workload is broken | see [AgentAbsent](AgentAbsent.md) |

## Verify the fix
The metric of the first check falls below the threshold, and the alert resolves.

## Escalation
Write which team to call, and after how long.
`
