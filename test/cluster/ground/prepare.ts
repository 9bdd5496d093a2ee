// Prepares the cluster tier; see `prepareTier` for the exit status.
import process from 'node:process'
import { groundTools } from './ground.ts'
import { prepareTier } from './prepare-tier.ts'

process.exitCode = await prepareTier('cluster', groundTools)
