import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'

/** Bytes of blocks after which the buffers of earlier blocks are freed. */
const betweenCollections = 16 * 2 ** 20

const Collect = z.custom<() => void>((value) => typeof value === 'function')

/**
 * Creates a function that frees the buffers of blocks which are no longer used. It is called with the number of bytes of each block. V8 would let more
 * than 60 MiB of them wait, because a buffer that outlives two collections of new objects is freed only when V8's whole heap is collected.
 */
export function createBufferCollector(): (bytes: number) => void {
  v8.setFlagsFromString('--expose-gc')
  const collect = Collect.parse(runInNewContext('gc'))
  let since = 0
  return (bytes) => {
    since += bytes
    if (since < betweenCollections) return
    since = 0
    collect()
  }
}
