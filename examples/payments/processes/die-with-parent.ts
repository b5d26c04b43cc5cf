/**
 * Preloaded into every child process (`node --import`): when the parent is gone, however it went, its end of the channel
 * is closed, and the child goes too, at once and without tidying up, with everything that it has started.
 */
process.once('disconnect', () => {
  // A child is the first of its process group.
  process.kill(-process.pid, 'SIGKILL');
});
// Listening alone would keep a process alive that has nothing left to do.
process.channel?.unref();
