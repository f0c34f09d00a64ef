import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { isMainThread } from 'node:worker_threads';

/** Loaded into a gateway: profiles it from the message `start` on until it is told where the profile is to be written. */
export type ProfileMessage = { kind: 'start' } | { kind: 'write'; path: string };

const SAMPLING_US = 500;
const session = new Session();

async function obey(message: ProfileMessage): Promise<void> {
  if (message.kind === 'start') {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_US });
    await session.post('Profiler.start');
  } else {
    const { profile } = await session.post('Profiler.stop');
    await writeFile(message.path, JSON.stringify(profile));
  }
  process.send?.('done');
}

/** V8 counts the time of its own functions as that of their callers: with these in between, JSON is a line of its own. */
function showJson(): void {
  const { parse, stringify } = JSON;
  JSON.parse = function jsonParse(...parameters: Parameters<typeof parse>) {
    return parse(...parameters);
  };
  JSON.stringify = function jsonStringify(...parameters: [unknown]) {
    return stringify(...parameters);
  };
}

if (isMainThread) {
  showJson();
  process.on('message', (message: ProfileMessage) => void obey(message));
  // Listening for messages must not keep the process.
  process.channel?.unref();
}
