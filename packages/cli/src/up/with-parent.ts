import process from 'node:process'

// Imported into a child process before its program (`node --import`). When the parent exits, even by kill -9, the IPC channel closes, and the
// child sends SIGTERM to itself.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// The channel must not keep the child alive when it has nothing else to do.
process.channel?.unref()
