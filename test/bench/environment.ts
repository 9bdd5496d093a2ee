import process from 'node:process'

/** Environment variables of the bench. No other file of it reads them. */
export const environment: NodeJS.ProcessEnv = process.env
