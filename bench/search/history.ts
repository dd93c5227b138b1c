/** A search through a large database, beside the `sqlite3` program that looks for the same word with LIKE. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import { openWorkspace } from '../../src/core/workspace.ts';
import { nodeFile } from '../../src/platform/node/node-file.ts';
import { loadSqlJs } from '../../src/platform/node/sql-js.ts';
import { median } from '../median.ts';

/** One that many messages have, and one that none has. */
const WORDS = ['Grete', 'quixotic'];

export interface HistoryResult {
  readonly word: string;
  readonly searched: number;
  readonly found: number;
  /** ms to the first hit; null where there is none. */
  readonly first: number | null;
  readonly last: number;
  /** Null where there is no such program. */
  readonly native: number | null;
}

export async function measureHistory(path: string, runs: number): Promise<HistoryResult[]> {
  const results: HistoryResult[] = [];
  for (const word of WORDS) {
    const ours = [];
    const natives = [];
    for (let run = 0; run < runs; run++) {
      natives.push(likeProgram(path, word));
      ours.push(await searchOnce(path, word));
    }
    const [one] = ours;
    if (one === undefined) throw new Error('no run');
    const firsts = ours.flatMap(({ first }) => first ?? []);
    results.push({
      word,
      searched: one.searched,
      found: one.found,
      first: firsts.length === 0 ? null : median(firsts),
      last: median(ours.map(({ last }) => last)),
      native: natives.includes(null) ? null : median(natives.flatMap((time) => time ?? [])),
    });
  }
  rmSync(`${path}-shm`, { force: true });
  return results;
}

async function searchOnce(path: string, word: string) {
  const workspace = await openWorkspace({
    store: new MemoryStore(),
    loadSqlJs,
    now: Date.now,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
  const started = performance.now();
  let first: number | null = null;
  const { searched, found } = await workspace.search.history(
    { text: word },
    [nodeFile(path), nodeFile(`${path}-wal`)],
    {
      onProgress: (progress) => {
        if (progress.found > 0) first ??= performance.now() - started;
      },
    },
  );
  return { searched, found, first, last: performance.now() - started };
}

/** The texts of all parts that have the word, to nowhere. */
function likeProgram(path: string, word: string): number | null {
  const query = `SELECT message_id, data FROM part WHERE data >= '{"type":"text"' AND data < '{"type":"text#' AND data LIKE '%${word}%'`;
  const args = ['-readonly', '-cmd', '.dbconfig no_ckpt_on_close on', path, query];
  const started = performance.now();
  const { status } = spawnSync('sqlite3', args, { stdio: 'ignore' });
  return status === 0 ? performance.now() - started : null;
}
