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

/** Part of the platform with which agents and the HTTP interface search for injected instructions. */
export interface PlatformValidation {
  /** Inspector that the HTTP interface and all agents share, so that each text is inspected once. */
  readonly inspector: TextInspector
  readonly action: ValidationAction
  /** Counts and logs the findings of input validation. It never gets the text in which they were found. */
  readonly onReport: (report: ValidationReport, configurable: Readonly<Record<string, unknown>>) => void
}

/** Creates input validation with its metrics and log; undefined if the environment disables it. */
export function createInputValidation(
  { VALIDATION }: Pick<ContainerVariables, 'VALIDATION'>,
  registry: Registry,
  log: Logger,
): PlatformValidation | undefined {
  const findings = new Counter({
    name: 'input_findings_total',
    help: 'Number of texts with a finding of an input validation rule',
    labelNames: ['rule', 'action', 'provenance'],
    registers: [registry],
  })
  const inspections = new Counter({
    name: 'input_inspections_total',
    help: 'Number of texts that input validation inspected, by outcome: inspected, partial (a part was not inspected), remembered (inspected before)',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const outcome of inspectionOutcomes) inspections.inc({ outcome }, 0)
  // PromQL's rate() needs the series to exist before its first increase.
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
          // Only the places: the text of a finding may contain data that must not be logged.
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
