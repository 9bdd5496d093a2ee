import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum number of findings of injected instructions per hour. One curious person causes fewer; a malicious page causes one per reading. */
const mostFindings = 50

export const inputAttacks: Alert = {
  name: 'InputAttacks',
  summary: 'Input validation finds many injected instructions',
  description: `Rules of input validation found more than ${mostFindings} injected instructions within an hour. Either the agents are attacked, or a rule matches harmless texts and blocks legitimate requests.`,
  concerns: ({ validation }) => validation.enabled,
  rules: (environment) => [
    {
      expr: `sum by (job) (increase(${series(environment, metrics.inputFindings)}[1h])) > ${mostFindings}`,
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const found = (anHour: number) => ({
      series: series(environment, metrics.inputFindings, {
        pod: 'a',
        rule: 'ignore-instructions',
        action: 'block',
        provenance: 'tool',
      }),
      values: `0+${anHour / 60}x130`,
    })
    return {
      fires: { samples: [found(60)], at: '2h', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('2h', [found(45)]),
      noData: nothing('2h'),
    }
  },
  outages: (environment) => ({
    'a malicious page is read again and again': {
      changed: [{ metric: metrics.inputFindings, labels: { action: 'block' }, values: '0+2x120' }],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
