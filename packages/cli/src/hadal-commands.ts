import type { Command } from 'commander'
import { approvalsCommand } from './approvals/approvals-command.ts'
import { argocdCommand } from './argocd/argocd-command.ts'
import { checkCommand } from './check/check-command.ts'
import { diffCommand } from './diff/diff-command.ts'
import { newCommand } from './new/new-command.ts'
import { operatorsCommand } from './operators/operators-command.ts'
import { promoteCommand } from './promote/promote-command.ts'
import { releaseCommand } from './release/release-command.ts'
import { renderCommand } from './render/render-command.ts'
import { upCommand } from './up/up-command.ts'

/**
 * The commands of `hadal`, in the order of its help. Each imports its implementation when it runs, so that `hadal render` doesn't load the dependencies of
 * `hadal up`.
 */
export const hadalCommands: readonly (() => Command)[] = [
  upCommand,
  approvalsCommand,
  newCommand,
  renderCommand,
  diffCommand,
  checkCommand,
  promoteCommand,
  releaseCommand,
  argocdCommand,
  operatorsCommand,
]
