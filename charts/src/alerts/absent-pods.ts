import { type Alert, nothing } from './alert.ts'
import { partLabel, scrapeJob, series } from './metrics.ts'

/**
 * An alert that fires when no pod of one of the agent's Deployments is up. Each Deployment has its own alert: with a common one, a single
 * worker would hide that the API is down.
 */
export function absentPods(
  part: 'server' | 'worker',
  texts: Pick<Alert, 'name' | 'summary' | 'description' | 'concerns'>,
): Alert {
  const other = part === 'server' ? 'worker' : 'server'
  return {
    ...texts,
    rules: (environment) => {
      const up = series(environment, 'up', { [partLabel]: part })
      return [{ expr: `absent(${up}) or sum by (job, ${partLabel}) (${up}) == 0`, for: '5m', severity: 'page' }]
    },
    cases: (environment) => {
      const labels = { job: scrapeJob(environment), [partLabel]: part }
      const pod = (name: string, values: string, of: string = part) => ({
        series: series(environment, 'up', { [partLabel]: of, pod: name }),
        values,
      })
      return {
        fires: { samples: [pod('a', '0x20'), pod('b', '0x20')], at: '10m', firing: [labels] },
        justUnder: nothing('10m', [pod('a', '0x20'), pod('b', '1x20')]),
        // The alert is about missing data.
        noData: { samples: [], at: '10m', firing: [labels] },
        // Pods of another Deployment don't count.
        other: { samples: [pod('a', '0x20'), pod('c', '1x20', other)], at: '10m', firing: [labels] },
      }
    },
    outages: (environment) => {
      const firing = [{ labels: { job: scrapeJob(environment), [partLabel]: part } }]
      return {
        [`every pod of the ${part} crashes`]: { dead: { labels: { [partLabel]: part } }, at: '70m', firing },
        [`the ${part} has no pod`]: { dead: { labels: { [partLabel]: part }, gone: true }, at: '75m', firing },
      }
    },
  }
}
