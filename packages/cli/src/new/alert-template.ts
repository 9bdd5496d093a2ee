/** Source code of a new alert: an example rule and three test cases, to be replaced. */
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
}
`

/** Text of a new alert's runbook, with the same sections as the other runbooks. */
export const runbook = (name: string): string => `# ${name}

**Severity:** ticket. **Means:** for ten minutes the oldest waiting run has had no worker for longer than the alert's bound. Clients wait; no
run is lost. Write here what your alert means for those who use the agents.

The alert's label \`environment\` says which environment; below, \`$NS\` is its namespace (\`namespace\` in \`environments/<environment>/config.ts\`).

## First look (two minutes)
1. Since when, and is it growing: \`max by (job) (run_queue_age_seconds)\` in Prometheus.
2. Are there pods that work on runs: \`kubectl -n $NS get pods -l app.kubernetes.io/name=deep-agents -o wide\`
3. What they say: \`kubectl -n $NS logs -l app.kubernetes.io/name=deep-agents --since=15m --prefix\`
4. What changed: the newest commits under \`environments/<environment>/\`.

## Likely causes and how to mend them
| what you see | cause | mend |
|---|---|---|
| every worker is busy, CPU is high | more runs than workers | raise \`autoscaling.max\` in \`config.ts\`, with \`quota\` and the database's connections in mind |
| no pod is ready | the workload is broken, not late | go to [AgentAbsent](AgentAbsent.md) |

## Whether it is over
The series of the first look falls below the bound, and the alert resolves by itself.

## Whom to call
Write the team that owns this, and after how long to call it.
`
