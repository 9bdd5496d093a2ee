import { noVariable, serverVariable } from '../agent-pods.ts'
import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan, settingPlace } from '../evidence.ts'

export const redisCache: ChecklistItem = {
  id: 'redis-cache',
  title: 'Redis cache',
  group: 'recommended',
  answer: (subject) => {
    const { enabled, ttlSeconds } = subject.environment.cache
    if (!enabled) {
      const mend = 'Remove it, or set it to true.'
      return together({
        missing: [{ problem: 'cache.enabled is false.', mend, ...settingPlace(subject, ['cache', 'enabled']) }],
      })
    }
    const can = serverCan(subject, 'responseCache', {
      mend: 'Until then, every request goes to a model. Plan for that cost.',
      setting: { path: ['cache', 'ttlSeconds'], value: String(ttlSeconds) },
    })
    if (can.missing) return together(can)
    const address = serverVariable(subject, 'REDIS_URL_FILE')
    return together(
      can,
      address
        ? { evidence: address.at('Every pod has the address of Redis') }
        : { missing: [noVariable('REDIS_URL_FILE')] },
      serverVariable(subject, 'CACHE_TTL_SECONDS')?.value === String(ttlSeconds)
        ? {}
        : { missing: [noVariable(`CACHE_TTL_SECONDS=${ttlSeconds}`)] },
      {
        evidence: [inConfig(subject, ['cache', 'ttlSeconds'], `Responses are cached for ${ttlSeconds} s`)],
        notes: subject.agents.graphs.flatMap((graph) =>
          graph.kind === 'hadal' && !graph.stack.includes('response-cache')
            ? [`Graph "${graph.graph}": its responses are not cached: opted out in code.`]
            : [],
        ),
      },
    )
  },
}
