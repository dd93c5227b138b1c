/** A folder of this machine with links in circles, names that differ in case alone, and files that can't be read. */
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import type { Files } from './worlds.ts';

/** Calls `look` with a folder that holds these files among others; it is gone afterwards. */
export async function onDisk<T>(files: Files, random: SeededRandom, look: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-fuzz-'));
  try {
    const folders = new Set([folder]);
    for (const [path, bytes] of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      folders.add(dirname(target));
      await unless(writeFile(target, bytes));
      if (random.chance(0.1))
        await unless(writeFile(join(dirname(target), path.toUpperCase().split('/').at(-1) ?? ''), bytes));
      if (random.chance(0.03)) await unless(chmod(target, 0));
    }
    await addLinks(folder, [...folders], random);
    return await look(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function addLinks(root: string, folders: readonly string[], random: SeededRandom): Promise<void> {
  for (let left = random.int(1, 6); left > 0; left--) {
    const from = random.pick(folders);
    const to = random.chance(0.2) ? join(root, 'nowhere') : random.pick(folders);
    await unless(
      symlink(to, join(from, random.pick(['loop', 'subagents', 'projects', 'opencode.db', 'storage', 'x.jsonl']))),
    );
  }
}

/** What is there already, or can't be on this disk, is left out. */
async function unless(doing: Promise<unknown>): Promise<void> {
  await doing.catch(() => undefined);
}
