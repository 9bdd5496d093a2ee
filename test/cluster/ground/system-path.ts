import process from 'node:process'

/** Where programs are found. Of a person's own environment the ground takes nothing else: a variable could point it at another cluster. */
export const systemPath = process.env.PATH ?? ''
