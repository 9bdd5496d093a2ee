import { manifestsFolder } from '@hadal/platform/names'
import type { UnpinnedOperator } from '@hadal/platform/operators/unpinned-operators'
import { unreleasedDigest } from '@hadal/platform/release'
import { areEqual, type Differences } from '../render/compare-with-committed.ts'
import { checklist } from './checklist.ts'
import type { Answer, ChecklistItem, Subject } from './checklist-item.ts'
import { lineOfField } from './line-of.ts'
import type { Reliance } from './reliances/reliance.ts'
import { reliances } from './reliances.ts'

/** One checklist item with its answer. */
export interface ItemReport extends Pick<ChecklistItem, 'id' | 'title' | 'group'>, Answer {
  readonly holds: boolean
}

/**
 * The report that `hadal check --json` prints. Fields may be added but are never renamed or removed. `docs/how-to/read-the-checklist.md`
 * documents them.
 */
export interface CheckReport {
  readonly environment: string
  /**
   * Whether every required item holds, an image was released, the committed manifests equal the rendered ones, and all operators that the
   * stack installs are pinned.
   * If so, the exit status is 0.
   */
  readonly holds: boolean
  readonly manifests: Differences & { readonly folder: string; readonly asRendered: boolean }
  readonly release: {
    readonly image: string
    readonly digest: string
    /** Whether an image was released. False if the digest is all zeros. */
    readonly released: boolean
    readonly file: string
    readonly line: number
  }
  /** Operators that the environment's stack must install and can't, because they are not pinned. Empty if they are already installed. */
  readonly unpinnedOperators: readonly UnpinnedOperator[]
  readonly items: readonly ItemReport[]
  readonly reliesOn: readonly Reliance[]
  /** Always empty: every field of the configuration has an effect or is refused. Earlier versions listed fields here. */
  readonly withoutEffect: readonly []
}

/** Creates the report: the answers of all items, and what the environment relies on. */
export function checkReport(
  subject: Subject,
  differences: Differences,
  unpinnedOperators: readonly UnpinnedOperator[],
): CheckReport {
  const { name, release } = subject.environment
  const items = checklist.map(({ id, title, group, answer }): ItemReport => {
    const { evidence, missing, notes } = answer(subject)
    return { id, title, group, holds: missing.length === 0, evidence, missing, notes }
  })
  const asRendered = areEqual(differences)
  const file = `environments/${name}/release.json`
  const released = release.image.digest !== unreleasedDigest
  return {
    environment: name,
    holds:
      released &&
      asRendered &&
      unpinnedOperators.length === 0 &&
      items.every(({ group, holds }) => group !== 'required' || holds),
    manifests: { folder: manifestsFolder(name), asRendered, ...differences },
    release: {
      image: release.image.repository,
      digest: release.image.digest,
      released,
      file,
      line: lineOfField(subject.files.get(file) ?? '', ['image', 'digest']),
    },
    unpinnedOperators,
    items,
    reliesOn: reliances(subject),
    withoutEffect: [],
  }
}
