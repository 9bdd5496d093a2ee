import { z } from 'zod'
import { Destination } from './destination.ts'
import { HttpsUrl, HttpUrl, Window } from './scalars.ts'

/** Destination of the server's traces: none, LangSmith or an OTLP collector. */
export const Tracing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('langsmith'),
    project: z.string().min(1),
    endpoint: HttpsUrl.default('https://api.smith.langchain.com'),
    /** Destination that the NetworkPolicy allows for `endpoint`. Required if `endpoint` is not a public host at port 443. */
    destination: Destination.optional(),
  }),
  z.strictObject({
    kind: z.literal('otlp'),
    endpoint: HttpUrl,
    /**
     * Destination that the NetworkPolicy allows for `endpoint`. Default: for a host `<service>.<namespace>.svc` the namespace at the URL's
     * port, for an IPv4 address that address, for a public host all public addresses at the URL's port.
     */
    destination: Destination.optional(),
    sampleRatio: z.number().min(0).max(1).default(0.1),
  }),
])
export type Tracing = z.infer<typeof Tracing>

const BurnRate = z.strictObject({
  severity: z.enum(['page', 'ticket']),
  /** Share of the error budget of `slo.windowDays` that the failures of the long window use up when the alert fires, in percent. */
  budgetPercent: z.number().positive().max(100),
  long: Window,
  short: Window,
})

/** Service level objective, and the burn rates of its error budget at which alerts fire. */
export const Slo = z.strictObject({
  /** Share of runs and requests that must succeed, in percent. */
  availabilityPercent: z.number().min(50).max(99.999).default(99.5),
  /** Maximum seconds that a run may wait for a worker before it counts as late. */
  queueSeconds: z.int().min(1).max(3600).default(60),
  /** Window of the objective and of its error budget, in days. */
  windowDays: z.int().min(1).max(90).default(30),
  /**
   * Burn-rate alerts. The defaults are from the Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts". In 30 days they
   * are 14.4, 6, 3 and 1 times the speed that uses the budget up in exactly the window.
   */
  burnRates: z
    .array(BurnRate)
    .min(1)
    .default([
      { severity: 'page', budgetPercent: 2, long: '1h', short: '5m' },
      { severity: 'page', budgetPercent: 5, long: '6h', short: '30m' },
      { severity: 'ticket', budgetPercent: 10, long: '1d', short: '2h' },
      { severity: 'ticket', budgetPercent: 10, long: '3d', short: '6h' },
    ]),
})
export type Slo = z.infer<typeof Slo>
