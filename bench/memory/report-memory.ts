import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapCodeStatistics, writeHeapSnapshot } from 'node:v8';
import { BroadcastChannel, isMainThread, type Worker } from 'node:worker_threads';

/** Loaded into the gateway, which has to run with --expose-gc: tells its parent what it holds once garbage is gone. */
export interface MemoryReport {
  /** The main thread's live heap, with the bytes beside it that its buffers hold. */
  liveBytes: number;
  /** Of the code that V8 made of scripts and functions. */
  codeBytes: number;
  /** The live heaps of all other threads. */
  threadBytes: number;
  residentBytes: number;
  threads: number;
  /** Threads started since the beginning. */
  threadsStarted: number;
  /** What keeps the event loop, by its kind. */
  resources: Record<string, number>;
  /** Open files and sockets; null where the system does not tell. */
  openFiles: number | null;
}

/** Several, because what one collection frees may have held more, and V8 drops unused code by its age in collections. */
const COLLECTIONS = 8;
const channel = new BroadcastChannel('memory of threads');
channel.unref();
// Set by --expose-gc.
const collect = globalThis.gc!;

if (isMainThread) reportToParent();
else answerMainThread();

function reportToParent(): void {
  const threads = new Set<Worker>();
  let started = 0;
  process.on('worker', (thread) => {
    threads.add(thread);
    started += 1;
    thread.once('exit', () => threads.delete(thread));
  });
  process.on('message', (order: 'report' | { snapshot: string }) => {
    if (order === 'report') void report(threads.size, started).then((told) => process.send?.(told));
    else process.send?.(writeHeapSnapshot(order.snapshot));
  });
  // Whoever measures may be killed; nobody would end the gateway then.
  process.on('disconnect', () => process.exit());
  // Listening for messages must not keep the process.
  process.channel?.unref();
}

async function report(threads: number, threadsStarted: number): Promise<MemoryReport> {
  const threadBytes = await collectThreads(threads);
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    collect({ type: 'major', flavor: 'last-resort' });
    // Finalizers and closing handles have their turn.
    await pause(10);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const { code_and_metadata_size, bytecode_and_metadata_size } = getHeapCodeStatistics();
  return {
    liveBytes: heapUsed + external,
    codeBytes: code_and_metadata_size + bytecode_and_metadata_size,
    threadBytes,
    residentBytes: rss,
    threads,
    threadsStarted,
    resources: countBy(process.getActiveResourcesInfo()),
    openFiles: countOpenFiles(),
  };
}

/** Answers when as many threads told theirs as there are. */
function collectThreads(threads: number): Promise<number> {
  if (threads === 0) return Promise.resolve(0);
  return new Promise((resolve) => {
    let [bytes, told] = [0, 0];
    channel.ref();
    channel.onmessage = ({ data }: { data: number }) => {
      bytes += data;
      told += 1;
      if (told < threads) return;
      channel.unref();
      resolve(bytes);
    };
    channel.postMessage('collect');
  });
}

function answerMainThread(): void {
  channel.onmessage = ({ data }: { data: unknown }) => {
    // What other threads answer comes here too.
    if (data !== 'collect') return;
    for (let collection = 0; collection < COLLECTIONS; collection += 1)
      collect({ type: 'major', flavor: 'last-resort' });
    const { heapUsed, external } = process.memoryUsage();
    channel.postMessage(heapUsed + external);
  };
}

function countOpenFiles(): number | null {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return null;
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(names, (name) => name);
  return Object.fromEntries(groups.entries().map(([name, all]) => [name, all.length]));
}
