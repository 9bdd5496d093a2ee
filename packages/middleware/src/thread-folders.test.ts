import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inThread } from './fixtures/in-thread.ts'
import { ThreadFolders } from './thread-folders.ts'

let volume: string
let outside: string
let folders: ThreadFolders
beforeAll(async () => {
  volume = await mkdtemp(join(tmpdir(), 'volume-'))
  outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'secret.txt'), 'secret')
  folders = new ThreadFolders(volume)
})
afterAll(async () => {
  await rm(volume, { recursive: true })
  await rm(outside, { recursive: true })
})

describe('a thread’s folder', () => {
  test('has the files of its own runs, and none of other threads or tenants', async () => {
    const here = { thread_id: 't1', tenant: 'acme' }
    await inThread(here, async () => folders.write('/notes/a.md', 'mine'))
    expect(await readFile(join(volume, 'acme/t1/notes/a.md'), 'utf8')).toBe('mine')
    const read = async () => (await folders.read('/notes/a.md')).content ?? 'nothing'
    expect(await inThread(here, read)).toBe('mine')
    expect(await inThread({ ...here, thread_id: 't2' }, read)).toBe('nothing')
    expect(await inThread({ ...here, tenant: 'acme2' }, read)).toBe('nothing')
    expect(await inThread({ thread_id: 't1' }, read)).toBe('nothing')
  })

  test('is inside the volume for every name of a thread or tenant', async () => {
    for (const name of ['..', '.', '../../etc', '/etc', 'a/b', 'é', 'x'.repeat(300), '']) {
      const files = await folders.of({ tenant: name, threadId: name })
      expect((await files.write('/mark', name)).error).toBeUndefined()
    }
    const tenants = (await readdir(volume)).filter((name) => name.startsWith('~'))
    expect(tenants).toHaveLength(8)
  })

  test('is rejected if it is a symbolic link', async () => {
    await symlink(outside, join(volume, 'linked'))
    await expect(folders.of({ tenant: 'linked', threadId: 't' })).rejects.toThrow('is a link or a file, not a folder')
    expect(await readdir(outside)).toEqual(['secret.txt'])
  })

  test('is rejected for a run without a thread', async () => {
    await expect(inThread({}, async () => folders.ls('/'))).rejects.toThrow('Set `configurable.thread_id`')
  })
})

describe('no path leads out of a thread’s folder', () => {
  const escapes = ['/../secret.txt', '/a/../../secret.txt', '../../outside', '/link/secret.txt', '/file-link']
  const scope = { tenant: 'acme', threadId: 'walled' }
  beforeAll(async () => {
    await (await folders.of(scope)).write('/own.txt', 'own')
    await symlink(outside, join(volume, 'acme/walled/link'))
    await symlink(join(outside, 'secret.txt'), join(volume, 'acme/walled/file-link'))
  })

  test.each(escapes)('%s', async (path) => {
    const files = await folders.of(scope)
    expect(JSON.stringify(await files.read(path))).not.toContain('"secret"')
    expect((await files.write(path, 'overwritten')).error).toBeDefined()
    expect((await files.edit(path, 'secret', 'overwritten')).error).toBeDefined()
    const [downloaded] = await files.downloadFiles([path])
    expect(downloaded?.content ?? null).toBeNull()
    const [uploaded] = await files.uploadFiles([[path, Buffer.from('overwritten')]])
    expect(uploaded?.error).not.toBeNull()
    expect(await readFile(join(outside, 'secret.txt'), 'utf8')).toBe('secret')
    expect(await readdir(outside)).toEqual(['secret.txt'])
  })

  test('an absolute path is resolved inside the folder', async () => {
    const files = await folders.of(scope)
    const machine = join(outside, 'secret.txt')
    expect((await files.read(machine)).content).toBeUndefined()
    await files.write(machine, 'inside')
    expect(await readFile(join(volume, 'acme/walled', machine), 'utf8')).toBe('inside')
    expect(await readFile(machine, 'utf8')).toBe('secret')
  })

  test('searches do not follow links', async () => {
    const files = await folders.of(scope)
    expect((await files.grep('secret', '/')).matches).toEqual([])
    expect(JSON.stringify(await files.glob('**/*', '/'))).not.toContain('/link/')
    expect(JSON.stringify(await files.ls('/link'))).not.toContain('secret.txt')
  })
})
