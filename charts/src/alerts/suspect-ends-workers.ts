import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum number of workers that die together with the child process of one run without an alert. A rollout or a lost node causes one. */
const most = 1

export const suspectEndsWorkers: Alert = {
  name: 'SuspectEndsWorkers',
  summary: 'Workers die each time that they try one run',
  description: `A run (label run_id) that is suspected of killing its process was tried in a child process, and more than ${most} worker died together with it. Nothing proves that the run is the cause, so it stays in the queue and waits longer before each try, up to 1 hour. Its thread waits with it; other runs go on.`,
  rules: (environment) => [
    {
      expr: `max by (job, run_id) (${series(environment, metrics.suspectWorkerDeaths)}) > ${most}`,
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const deaths = (values: string) => ({
      series: series(environment, metrics.suspectWorkerDeaths, { pod: 'a', run_id: 'r1' }),
      values,
    })
    const job = scrapeJob(environment)
    return {
      fires: { samples: [deaths('1x9 2x20')], at: '20m', firing: [{ job, run_id: 'r1' }] },
      justUnder: nothing('20m', [deaths('1x30')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'a run ends every worker that tries it': {
      changed: [{ metric: metrics.suspectWorkerDeaths, labels: { run_id: 'r1' }, values: '0+1x30' }],
      at: '20m',
      firing: [{ labels: { job: scrapeJob(environment), run_id: 'r1' } }],
    },
  }),
}
