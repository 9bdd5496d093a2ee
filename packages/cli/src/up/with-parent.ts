import process from 'node:process'

// Imported into a child before its program (`node --import`): when the parent is gone, even by kill -9, the channel
// closes, and the program is asked to end as an orchestrator would ask it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// Watching the channel must not keep a program alive that has nothing else to do.
process.channel?.unref()
