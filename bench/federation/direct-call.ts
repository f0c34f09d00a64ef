import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runWrk } from './wrk.ts';

const SECONDS = 3;

/** What a call to a subgraph takes without any gateway: the delay, and what timers and the machine add to it. */
export async function measureDirectCall(
  subgraphsUrl: string,
  { folder, connections }: { folder: string; connections: number },
): Promise<number> {
  const bodyFile = join(folder, 'direct.json');
  await writeFile(bodyFile, JSON.stringify({ query: '{ me { id name } }' }));
  const { p50Ms } = await runWrk({
    url: `${subgraphsUrl}/accounts`,
    bodyFile,
    headers: {},
    connections,
    seconds: SECONDS,
  });
  return p50Ms;
}
