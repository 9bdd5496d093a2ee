import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum number of workers that die together with the child process of one run without an alert. A rollout or a lost node causes one. */
const most = 1

export const suspectEndsWorkers: Alert = {
  name: 'SuspectEndsWorkers',
  summary: 'Workers die whenever they execute a certain run',
  description: `A run (label run_id) that is suspected of killing its process was executed in a child process, and more than ${most} worker died together with it. There is no proof that the run is the cause, so it stays in the queue and waits longer before each attempt, up to 1 hour. Its thread waits too; other runs continue.`,
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
