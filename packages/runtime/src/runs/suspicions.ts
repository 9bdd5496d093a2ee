import type { InstanceKey, InstancesSeen } from '../store/queries/instances.ts'

/** How long, in milliseconds, an instance must be missing before it counts as dead: time to register again. */
export const deadAfterMs = 2_000
/** Number of looks in a row that must miss it: a process that looks slowly takes longer for its judgement. */
const fewestLooks = 4
/** Between two answers further apart than this, in milliseconds, the database may have been out of reach for the missing instance as well. */
const answersWithinMs = 5_000
/**
 * How long nobody is judged after the database restarted or failed over, in milliseconds. All instances connect again then, some of them first to an
 * address that does not answer any more. The leases of instances that really died run out in the same time.
 */
const quietMs = 10_000

interface Suspicion {
  readonly registration: number
  /** When the instance was missed first. */
  readonly at: number
  readonly looks: number
}

/** Instances that hold no lock, and since when, as long as the database answered all the time. */
export interface Suspicions {
  readonly epoch: string
  /** Undefined after a look that had no answer. */
  readonly answeredAt: number | undefined
  /** Before this time nobody is judged. */
  readonly quietUntil: number
  /** By instance. */
  readonly since: ReadonlyMap<string, Suspicion>
}

/** What is left of the suspicions after a look that had no answer: only the epoch, since a restart of the database shows in no other way. */
export const unanswered = ({ epoch, quietUntil }: Suspicions): Suspicions => ({
  epoch,
  quietUntil,
  answeredAt: undefined,
  since: new Map(),
})

/**
 * Judges one look at the instances.
 *
 * @param before undefined at the first look
 * @param now by a clock that never jumps, in milliseconds
 * @returns what to remember, and the instances that are dead
 */
export function judge(
  before: Suspicions | undefined,
  seen: InstancesSeen,
  now: number,
): { suspicions: Suspicions; dead: InstanceKey[] } {
  const isSameDatabase = before === undefined || before.epoch === seen.epoch
  const goesOn = before?.answeredAt !== undefined && now - before.answeredAt <= answersWithinMs
  const quietUntil = isSameDatabase ? (before?.quietUntil ?? now) : now + quietMs
  const since = new Map(
    seen.missing.map(({ instanceId, registration }) => {
      const earlier = goesOn ? before.since.get(instanceId) : undefined
      const first = earlier?.registration === registration ? earlier : { registration, at: now, looks: 0 }
      return [instanceId, { ...first, looks: first.looks + 1 }]
    }),
  )
  const dead = seen.missing.filter(({ instanceId }) => {
    const { at = now, looks = 0 } = since.get(instanceId) ?? {}
    return now >= quietUntil && now - at >= deadAfterMs && looks >= fewestLooks
  })
  return { suspicions: { epoch: seen.epoch, answeredAt: now, quietUntil, since }, dead }
}
