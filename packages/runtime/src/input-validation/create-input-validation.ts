import { rules } from '@hadal/middleware/input-validation/rules'
import {
  createTextInspector,
  inspectionOutcomes,
  type TextInspector,
} from '@hadal/middleware/input-validation/text-inspector'
import type { ValidationAction, ValidationReport } from '@hadal/middleware/input-validation/verdict'
import { text } from '@hadal/middleware/unknown-value'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'

/** What the server lends to agents, and uses itself on requests, to find injected instructions. */
export interface PlatformValidation {
  /** Shared by the HTTP interface and all agents, so that a text is inspected once. */
  readonly inspector: TextInspector
  readonly action: ValidationAction
  /** Counts and logs findings. Never gets the text. */
  readonly onReport: (report: ValidationReport, configurable: Readonly<Record<string, unknown>>) => void
}

/** What the environment asks of the look at what comes in, with its metric and its log; undefined where it is switched off. */
export function createInputValidation(
  { VALIDATION }: Pick<ContainerVariables, 'VALIDATION'>,
  registry: Registry,
  log: Logger,
): PlatformValidation | undefined {
  const findings = new Counter({
    name: 'input_findings_total',
    help: 'Texts in which a rule of input validation found something',
    labelNames: ['rule', 'action', 'provenance'],
    registers: [registry],
  })
  const inspections = new Counter({
    name: 'input_inspections_total',
    help: 'Texts that input validation was asked to inspect, by outcome: inspected, partial (not inspected whole), remembered (inspected before)',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const outcome of inspectionOutcomes) inspections.inc({ outcome }, 0)
  // A rate needs the series to be there before its first increase.
  for (const { id: rule, provenances = ['user', 'tool', 'memory'] } of rules) {
    for (const provenance of provenances)
      for (const action of ['block', 'flag']) findings.inc({ rule, action, provenance }, 0)
  }
  if (VALIDATION === 'off') return undefined
  return {
    action: VALIDATION,
    inspector: createTextInspector({
      onInspection: (outcome) => inspections.inc({ outcome }),
      onFailure: (error) => log.error({ err: error }, 'input_inspection_failed'),
    }),
    onReport(report, configurable) {
      const { action, provenance } = report
      for (const { rule } of report.findings) findings.inc({ rule, action, provenance })
      log.warn(
        {
          action,
          provenance,
          // Where, and never what: the text may hold what must not stand in a log.
          findings: report.findings.map(({ rule, start, end, hiddenBy }) => ({
            rule,
            start,
            end,
            hidden_by: hiddenBy,
          })),
          run_id: text(configurable.run_id),
          thread_id: text(configurable.thread_id),
          graph_id: text(configurable.graph_id),
        },
        'input_finding',
      )
    },
  }
}
