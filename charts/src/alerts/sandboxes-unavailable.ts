import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Minimum number of commands without a sandbox, for the alert to fire. A pod that moves to another node causes fewer. */
const least = 3

export const sandboxesUnavailable: Alert = {
  name: 'SandboxesUnavailable',
  summary: 'Agents get no sandbox',
  description: `At least ${least} commands of agents found no sandbox to run in within the last 15 minutes. Their runs failed.`,
  concerns: ({ sandbox }) => sandbox.kind !== 'none',
  rules: (environment) => {
    const unavailable = series(environment, metrics.sandboxExecutions, { status: 'unavailable' })
    return [{ expr: `sum by (job) (increase(${unavailable}[15m])) >= ${least}`, severity: 'ticket' }]
  },
  cases: (environment) => {
    const commands = (status: string, values: string) => ({
      series: series(environment, metrics.sandboxExecutions, { pod: 'a', status }),
      values,
    })
    return {
      fires: {
        samples: [commands('unavailable', '0x20 1 2 3 3x20'), commands('ok', '0+5x40')],
        at: '30m',
        firing: [{ job: scrapeJob(environment) }],
      },
      justUnder: nothing('30m', [commands('unavailable', '0x20 1 2 2 2x20'), commands('failed', '0+5x40')]),
      noData: nothing('30m'),
    }
  },
  outages: (environment) => ({
    'no sandbox starts': {
      changed: [
        { metric: metrics.sandboxExecutions, labels: { status: 'ok' }, values: '0x90' },
        { metric: metrics.sandboxExecutions, labels: { status: 'unavailable' }, values: '0+1x90' },
      ],
      at: '60m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
