/**
 * Folder of the log of deletions in a backup target. Its files sort by time: `<time>-<random>.jsonl`. Servers write there, and to no other folder of
 * the target.
 */
export const deletionsFolder = 'deletions/'
