/**
 * Preloaded into every child process (`node --import`): when the parent is gone, however it went, its end of the channel
 * is closed, and the child goes too, at once and without tidying up.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Listening alone would keep a process alive that has nothing left to do.
process.channel?.unref();
