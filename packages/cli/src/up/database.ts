import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import type { Child, Children } from './child.ts'
import { databaseLogins } from './database-logins.ts'
import type { DatabaseOrder, DatabaseReport } from './database-process.ts'
import { databaseAccountCanEnter } from './embedded-postgres.ts'
import { freePort } from './free-port.ts'

export interface Database {
  /** Address with the role that owns the tables. */
  readonly url: string
  /** Address with the role that serves requests. */
  readonly applicationUrl: string
  /** Address with the role of the loops that serve all tenants. */
  readonly loopsUrl: string
  readonly port: number
  /** Folder with the data of PostgreSQL. */
  readonly folder: string
  /** Whether PostgreSQL was started with the data of an earlier start. */
  readonly reused: boolean
  readonly child: Child
}

/** Maximum number of ports to try for PostgreSQL. */
const mostPorts = 5

/** Reads the database's password, or creates it. With a password, other users of the machine can't connect. */
function readPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Folder for the data: `<state>/postgres`. If the database's account can't enter it, a separate folder per checkout in `/var/lib/hadal`. */
function dataFolder(state: string): string {
  if (databaseAccountCanEnter(state)) return join(state, 'postgres')
  const checkout = createHash('sha256').update(state).digest('hex').slice(0, 12)
  return join('/var/lib/hadal', checkout, 'postgres')
}

/**
 * Starts the embedded PostgreSQL. The first start creates its data.
 *
 * @throws PlainError with PostgreSQL's error
 */
export async function startDatabase(state: string, env: NodeJS.ProcessEnv, children: Children): Promise<Database> {
  const folder = dataFolder(state)
  const passwordFile = `${folder}.password`
  const reused = existsSync(folder)
  let password: string
  try {
    mkdirSync(state, { recursive: true })
    mkdirSync(dirname(folder), { recursive: true })
    password = readPassword(passwordFile)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${state} can't be written: ${reason}. Free disk space or allow writing, then start again.`)
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const order: DatabaseOrder = { folder, port, passwordFile }
    const logFile = join(state, 'postgres.log')
    const argv = [join(import.meta.dirname, 'database-process.ts'), JSON.stringify(order)]
    const child = children.start({ argv, env, logFile, endBy: 'channel' })
    const report = await Promise.race([
      new Promise<DatabaseReport>((resolve) => child.process.once('message', resolve)),
      child.ended.then((how): DatabaseReport => ({ failed: `its process exited with ${how}; see ${logFile}` })),
    ])
    if (!('failed' in report)) {
      const urlOf = (login: { readonly username: string; readonly password: string }): string =>
        `postgres://${login.username}:${login.password}@127.0.0.1:${port}/postgres`
      const { application, loops } = databaseLogins(password)
      return {
        url: urlOf({ username: 'hadal', password }),
        applicationUrl: urlOf(application),
        loopsUrl: urlOf(loops),
        port,
        folder,
        reused,
        child,
      }
    }
    await child.ended
    // Another program may have taken the port in the meantime.
    if (report.failed.includes('could not create any TCP/IP sockets') && attempt < mostPorts) continue
    throw new PlainError(`PostgreSQL did not start: ${report.failed.replace(/\.$/, '')}.`)
  }
}
