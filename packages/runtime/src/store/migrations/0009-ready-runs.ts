/** Migration slot; its owner writes it. */
export const readyRuns = ''
