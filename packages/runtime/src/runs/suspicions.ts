import type { InstanceKey, InstancesSeen } from '../store/queries/instances.ts'

/** Minimum time that an instance must be missing to count as dead, in milliseconds: it may register again meanwhile. */
export const deadAfterMs = 2_000
/** Minimum number of consecutive checks in which an instance must be missing to count as dead: a process with slow checks takes longer to judge. */
const fewestLooks = 4
/**
 * Maximum time between two answers of the database, in milliseconds. After a longer gap, the time for which each instance is missing is counted from
 * zero again.
 */
const answersWithinMs = 5_000
/**
 * How long no instance is judged dead after the database restarted or failed over, in milliseconds. All instances reconnect then, some of them first
 * to an address that no longer answers. The leases of instances that really died expire in the same time.
 */
const quietMs = 10_000

interface Suspicion {
  readonly registration: number
  /** Monotonic time in milliseconds of the first check in which the instance was missing. */
  readonly at: number
  readonly looks: number
}

/** State of the search for dead instances: the instances that hold no lock, and since when they are missing while the database answers. */
export interface Suspicions {
  readonly epoch: string
  /** Monotonic time of the last check for dead instances, in milliseconds; undefined if the database did not answer it. */
  readonly answeredAt: number | undefined
  /** Monotonic time before which no instance is judged dead, in milliseconds. */
  readonly quietUntil: number
  /** Missing instances by instance id. */
  readonly since: ReadonlyMap<string, Suspicion>
}

/**
 * State of the search for dead instances after a check that the database did not answer. It forgets the missing instances, but keeps the epoch, by
 * which the next check notices a restart of the database.
 */
export const unanswered = ({ epoch, quietUntil }: Suspicions): Suspicions => ({
  epoch,
  quietUntil,
  answeredAt: undefined,
  since: new Map(),
})

/**
 * Judges the instances that one check found missing.
 *
 * @param before state of the search after the previous check; undefined at the first check
 * @param now monotonic time in milliseconds
 * @returns the state of the search after this check, and the instances that are dead
 */
export function judge(
  before: Suspicions | undefined,
  seen: InstancesSeen,
  now: number,
): { suspicions: Suspicions; dead: InstanceKey[] } {
  const goesOn = before?.answeredAt !== undefined && now - before.answeredAt <= answersWithinMs
  const quietUntil = before?.epoch === seen.epoch ? before.quietUntil : now + quietFor(before, seen)
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

/** How long no instance is judged, in milliseconds, when a database is seen for the first time or with another epoch. */
const quietFor = (before: Suspicions | undefined, seen: InstancesSeen): number =>
  before === undefined ? Math.max(0, quietMs - seen.upMs) : quietMs
