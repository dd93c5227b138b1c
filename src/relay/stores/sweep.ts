import { join } from 'node:path';
import type { VaultFiles } from './vault-files.ts';

/** No request takes as long: what is older was left by a crash. */
const LEFT_BEHIND_MS = 60 * 60_000;
const EVERY_MS = 60 * 60_000;

/** Clears away what crashes left in the folder of temporary files, now and every hour. */
export function sweep(folder: string, files: VaultFiles): { stop(): Promise<void> } {
  let stopped = false;
  let running = Promise.resolve();
  const start = (): void => {
    // a folder that can't be cleared now is cleared an hour later; requests have errors of their own
    running = running.then(() => clear(join(folder, 'tmp'), files, () => stopped)).catch(() => undefined);
  };
  start();
  const timer = setInterval(start, EVERY_MS);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}

async function clear(folder: string, files: VaultFiles, isStopped: () => boolean): Promise<void> {
  const before = Date.now() - LEFT_BEHIND_MS;
  for (const name of await files.list(folder)) {
    if (isStopped()) return;
    const path = join(folder, name);
    const facts = await files.facts(path);
    if (facts !== null && facts.modified < before) await files.removeFolder(path);
  }
}
