import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestInfo } from '@playwright/test';
import * as v from 'valibot';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const FIXTURES = join(ROOT, '.cache', 'fixtures');
export const CORPUS = join(ROOT, '..', 'shared', 'corpus');
export const CORPUS_STORE = join(CORPUS, 'opencode', 'sqlite-1.18.34');

/** Sessions of the fixture M, as its generator says. */
export function fixtureSessions(): number {
  const truth: unknown = JSON.parse(readFileSync(join(FIXTURES, 'opencode-M.truth.json'), 'utf8'));
  if (typeof truth === 'object' && truth !== null && 'sessions' in truth && Array.isArray(truth.sessions)) {
    return truth.sessions.length;
  }
  throw new Error('the fixture has no list of sessions');
}

/** The reference history: 216 sessions, 34,269 messages. Made when it is not there yet. */
export function referenceHistory(): { paths: string[]; now: number; spoken: number } {
  const words = ['node_modules/tsx/dist/cli.mjs', 'scripts/fixtures.ts', '--size', 'S', '--out', FIXTURES];
  execFileSync(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const path = join(FIXTURES, 'opencode-S.db');
  const { now, sessions } = v.parse(
    HistoryTruth,
    JSON.parse(readFileSync(join(FIXTURES, 'opencode-S.truth.json'), 'utf8')),
  );
  const topLevel = sessions.filter(({ parentId }) => parentId === null);
  const spoken = topLevel.flatMap(({ agents }) => Object.values(agents)).reduce((sum, count) => sum + count, 0);
  return { paths: [path, `${path}-wal`], now, spoken };
}

const HistoryTruth = v.object({
  now: v.number(),
  sessions: v.array(v.object({ parentId: v.nullable(v.string()), agents: v.record(v.string(), v.number()) })),
});

/** The fixture as OpenCode keeps it: a folder of its own with the database, its log, and what must not be read. */
export function opencodeFolder(info: TestInfo): { folder: string; db: string; wal: string } {
  const folder = info.outputPath('opencode');
  mkdirSync(join(folder, 'snapshot'), { recursive: true });
  const db = join(folder, 'opencode.db');
  const wal = join(folder, 'opencode.db-wal');
  copyFileSync(join(FIXTURES, 'opencode-M.db'), db);
  copyFileSync(join(FIXTURES, 'opencode-M.db-wal'), wal);
  writeFileSync(join(folder, 'auth.json'), '{"secret":"never read"}');
  writeFileSync(join(folder, 'snapshot', 'other.db'), 'never read');
  return { folder, db, wal };
}

/** Writes a file of the test's own. */
export function ownFile(info: TestInfo, name: string, content: string | Uint8Array): string {
  const path = info.outputPath(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export function hasCorpus(): boolean {
  return existsSync(join(CORPUS_STORE, 'oracle.json'));
}
