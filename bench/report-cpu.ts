/** Loaded into a measured process: tells its processor time when its parent asks, in microseconds. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// Listening for messages must not keep the process.
process.channel?.unref();
