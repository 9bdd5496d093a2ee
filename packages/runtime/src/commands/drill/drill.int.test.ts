import { inject } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { rehearse } from '../../fixtures/rehearse.ts'

rehearse({ database: createDatabase(), scratchServer: () => inject('postgresUrl'), version: '18' })
