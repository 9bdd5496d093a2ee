// Prepares the engine tier; see `prepareTier` for the exit status.
import process from 'node:process'
import { groundTools } from '../ground/ground.ts'
import { prepareTier } from '../ground/prepare-tier.ts'

process.exitCode = await prepareTier('engine', [...groundTools, 'kubectl', 'pulumi'])
