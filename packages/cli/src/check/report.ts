import { manifestsFolder } from '@hadal/platform/names'
import { unreleasedDigest } from '@hadal/platform/release'
import { areEqual, type Differences } from '../render/compare-with-committed.ts'
import { checklist } from './checklist.ts'
import type { Answer, ChecklistItem, Subject } from './checklist-item.ts'
import { lineOfField } from './line-of.ts'
import { type Reliance, reliances } from './reliances.ts'

/** One item with its answer. */
export interface ItemReport extends Pick<ChecklistItem, 'id' | 'title' | 'group'>, Answer {
  readonly holds: boolean
}

/**
 * What `hadal check --json` prints. Fields are added, never renamed or removed; `docs/how-to/read-the-checklist.md` tells them.
 */
export interface CheckReport {
  readonly environment: string
  /** Whether every required item holds and the manifests are as rendered: exit status 0. */
  readonly holds: boolean
  readonly manifests: Differences & { readonly folder: string; readonly asRendered: boolean }
  readonly release: {
    readonly image: string
    readonly digest: string
    /** False for the digest of zeros, which no image has: nothing can start. */
    readonly released: boolean
    readonly file: string
    readonly line: number
  }
  readonly items: readonly ItemReport[]
  readonly reliesOn: readonly Reliance[]
}

/** Asks every item, and what the environment relies on. */
export function checkReport(subject: Subject, differences: Differences): CheckReport {
  const { name, release } = subject.environment
  const items = checklist.map(({ id, title, group, answer }): ItemReport => {
    const { evidence, missing, notes } = answer(subject)
    return { id, title, group, holds: missing.length === 0, evidence, missing, notes }
  })
  const asRendered = areEqual(differences)
  const file = `environments/${name}/release.json`
  return {
    environment: name,
    holds: asRendered && items.every(({ group, holds }) => group !== 'required' || holds),
    manifests: { folder: manifestsFolder(name), asRendered, ...differences },
    release: {
      image: release.image.repository,
      digest: release.image.digest,
      released: release.image.digest !== unreleasedDigest,
      file,
      line: lineOfField(subject.files.get(file) ?? '', ['image', 'digest']),
    },
    items,
    reliesOn: reliances(subject),
  }
}
