import process from 'node:process'

/**
 * PATH for the programs of the test cluster. They get no other variable of the user's environment, because one could point them at another
 * cluster.
 */
export const systemPath = process.env.PATH ?? ''
