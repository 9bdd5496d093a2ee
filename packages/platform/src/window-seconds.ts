const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Length in seconds of a Prometheus duration with one unit, e.g. 7200 for `2h`. */
export const windowSeconds = (window: string): number =>
  Number(window.slice(0, -1)) * (secondsOf[window.slice(-1)] ?? Number.NaN)
