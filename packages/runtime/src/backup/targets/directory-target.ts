import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BackupTarget, TargetFile } from './backup-target.ts'
import { whyNoFile } from './why-no-file.ts'

/** Suffix of a file that is being written. */
const unfinished = '.unfinished'

/** A directory for backups, such as a mounted volume. @param folder absolute path; it is created if it does not exist */
export function directoryTarget(folder: string): BackupTarget {
  const files = filesOf(folder)
  const { address } = files
  /** Makes sentences of the errors of the file system. @param doing part of a sentence, such as `list file:///backups` */
  const explained = <Result>(doing: string, work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw whyNoFile(doing, error)
    })
  return {
    ...files,
    write: (path, content) => explained(`write ${path} to ${address}`, files.write(path, content)),
    read: (path, part) => explained(`read ${path} in ${address}`, files.read(path, part)),
    readAll: (path) => explained(`read ${path} in ${address}`, files.readAll(path)),
    list: (prefix) => explained(`list ${address}`, files.list(prefix)),
    delete: (paths) => explained(`delete files in ${address}`, files.delete(paths)),
  }
}

/** The directory, whose methods throw the errors of the file system. */
function filesOf(folder: string): BackupTarget {
  const at = (path: string): string => join(folder, path)
  return {
    address: `file://${folder}`,
    keepsVersions: false,
    async write(path, content) {
      const written = `${at(path)}.${randomBytes(4).toString('hex')}${unfinished}`
      const parent = dirname(at(path))
      const created = await mkdir(parent, { recursive: true })
      try {
        const source = content instanceof Uint8Array ? Readable.from([content]) : content
        await pipeline(source, createWriteStream(written, { mode: 0o600, flush: true }))
        await rename(written, at(path))
        // Otherwise a power failure could remove the file, or a new folder with it.
        for (const changed of foldersUpTo(parent, created === undefined ? parent : dirname(created)))
          await flushFolder(changed)
      } catch (error) {
        await rm(written, { force: true })
        throw error
      }
    },
    async read(path, { offset, bytes }) {
      const file = await open(at(path)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new Error(`${path} is missing in file://${folder}.`, { cause: error }) : error
      })
      try {
        const buffer = Buffer.alloc(bytes)
        let read = 0
        while (read < bytes) {
          const { bytesRead } = await file.read(buffer, read, bytes - read, offset + read)
          if (bytesRead === 0)
            throw new Error(`${path} in file://${folder} ends after ${offset + read} bytes: it is cut.`)
          read += bytesRead
        }
        return buffer
      } finally {
        await file.close()
      }
    },
    readAll: (path) =>
      readFile(at(path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      }),
    async list(prefix) {
      const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      const files: TargetFile[] = []
      for (const path of names.filter((name) => name.startsWith(prefix) && !name.endsWith(unfinished)).sort()) {
        const found = await stat(at(path)).catch(() => undefined)
        if (found?.isFile()) files.push({ path, bytes: found.size })
      }
      return files
    },
    async delete(paths) {
      for (const path of paths) await rm(at(path), { force: true })
      // A folder that has become empty: one with files can't be removed this way.
      for (const parent of new Set(paths.map((path) => dirname(at(path)))))
        if (parent !== folder) await rmdir(parent).catch(() => {})
    },
    async removeUnfinished(before) {
      const names = await readdir(folder, { recursive: true }).catch(() => [])
      for (const name of names.filter((path) => path.endsWith(unfinished))) {
        const found = await stat(at(name)).catch(() => undefined)
        if (found && found.mtime < before) await rm(at(name), { force: true })
      }
    },
    async close() {},
  }
}

/** Returns a folder and its parents up to one of them, the innermost first. */
function foldersUpTo(folder: string, last: string): string[] {
  const folders = [folder]
  for (let next = folder; next !== last; folders.push(next)) next = dirname(next)
  return folders
}

/** Writes the entries of a folder to the disk, if its file system can do so. */
async function flushFolder(folder: string): Promise<void> {
  const opened = await open(folder)
  try {
    await opened.sync()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP')))
      throw error
  } finally {
    await opened.close()
  }
}
