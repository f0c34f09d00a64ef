import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { watchFile } from '../../gateway/supergraph/watch-file.ts';

test('tells of a file that is written, and of one that is put in its place, without polling', async () => {
  await using folder = await createFolder();
  await writeFile(folder.at('file'), 'one');
  await using watched = watchTexts(folder.at('file'), { known: 'one', pollMs: 600_000 });
  const written = watched.next();
  await writeFile(folder.at('file'), 'two');
  expect(await written).toBe('two');
  const replaced = watched.next();
  await writeFile(folder.at('new'), 'three');
  await rename(folder.at('new'), folder.at('file'));
  expect(await replaced).toBe('three');
});

test('tells of a file behind a link that moves, by polling', async () => {
  await using folder = await createFolder();
  for (const name of ['old', 'new']) {
    await mkdir(folder.at(name));
    await writeFile(folder.at(name, 'file'), name);
    await symlink(folder.at(name), folder.at(`${name}-link`));
  }
  await rename(folder.at('old-link'), folder.at('current'));
  await using watched = watchTexts(folder.at('current', 'file'), { known: 'old', pollMs: 20 });
  const moved = watched.next();
  await rename(folder.at('new-link'), folder.at('current'));
  expect(await moved).toBe('new');
});

test('tells once of a file that is gone, and of its text when it is back', async () => {
  await using folder = await createFolder();
  await writeFile(folder.at('file'), 'one');
  await using watched = watchTexts(folder.at('file'), { known: 'one', pollMs: 20 });
  const gone = watched.next();
  await rm(folder.at('file'));
  expect(await gone).toBe('unreadable');
  const back = watched.next();
  await writeFile(folder.at('back'), 'two');
  await rename(folder.at('back'), folder.at('file'));
  expect(await back).toBe('two');
});

async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'watch-'));
  return {
    at: (...names: string[]) => join(path, ...names),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

function watchTexts(path: string, { known, pollMs }: { known: string; pollMs: number }) {
  let tell = (_text: string) => {};
  const watched = watchFile({
    path,
    known,
    pollMs,
    onChange: async (text) => tell(text),
    onUnreadable: () => tell('unreadable'),
  });
  return {
    next: () =>
      new Promise<string>((resolve) => {
        tell = resolve;
      }),
    [Symbol.asyncDispose]: () => watched.close(),
  };
}
