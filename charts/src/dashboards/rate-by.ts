/** PromQL expression for the rate per second of a counter, summed by labels such as `provenance, action`. */
export const rateBy = (counter: string, labels: string): string =>
  `sum by (${labels}) (rate(${counter}[$__rate_interval]))`
