import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { FixtureHistory } from '../src/core/sources/opencode-db/fixture-history.ts';
import { DAY_MS, type HistorySpec, RECENT_DAYS } from '../src/core/sources/opencode-db/fixture-plan.ts';
import { type FixtureSize, fixtureSpec } from '../src/core/sources/opencode-db/fixture-specs.ts';
import type { Step } from '../src/core/sources/opencode-db/fixture-steps.ts';
import { writeOpencodeDb } from '../src/core/sources/opencode-db/fixture.ts';
import { NodeFileStorage } from './file-storage.ts';

export interface MadeFixture {
  readonly path: string;
  readonly bytes: number;
  readonly walBytes: number;
  readonly totals: ReturnType<FixtureHistory['truth']['totals']>;
}

/** Writes `<dir>/<name>.db`, its `-wal` and `<name>.truth.json`. A run that is stopped leaves nothing under these names. */
export async function makeFixture(
  size: FixtureSize,
  now: number,
  dir: string,
  stamp: string,
  onProgress: (messages: number, total: number) => void,
): Promise<MadeFixture> {
  const { history: spec, options } = fixtureSpec(size, now);
  const name = `opencode-${size}`;
  const path = join(dir, `${name}.db`);
  const truthPath = join(dir, `${name}.truth.json`);
  mkdirSync(dir, { recursive: true });
  for (const old of [path, `${path}-wal`, `${path}-shm`, truthPath]) rmSync(old, { force: true });
  const main = new NodeFileStorage(`${path}.part`);
  const wal = new NodeFileStorage(`${path}-wal.part`);
  const history = new FixtureHistory(spec);
  const SQL = await initSqlJs();
  const steps = counted(history.steps(), spec.messages, onProgress);
  const report = writeOpencodeDb(SQL, steps, { main, wal }, options);
  main.close();
  wal.close();
  const totals = history.truth.totals(now - RECENT_DAYS * DAY_MS);
  assertCounts(spec, totals, report.messages);
  renameSync(`${path}.part`, path);
  renameSync(`${path}-wal.part`, `${path}-wal`);
  const made = { path, bytes: main.size, walBytes: wal.size, totals };
  const sessions = [...history.truth.sessions.values()];
  writeFileSync(
    truthPath,
    JSON.stringify({ stamp, size, now, ...made, path: `${name}.db`, report, sessions }, null, 1),
  );
  return made;
}

function assertCounts(spec: HistorySpec, totals: MadeFixture['totals'], written: number): void {
  assert.equal(totals.sessions, spec.sessions);
  assert.equal(totals.recentSessions, spec.recentSessions);
  assert.equal(totals.messages, spec.messages);
  assert.equal(written, spec.messages);
}

function* counted(steps: Iterable<Step>, total: number, onProgress: (messages: number, total: number) => void) {
  let messages = 0;
  for (const step of steps) {
    if (step.table === 'message' && step.fresh && ++messages % 1000 === 0) onProgress(messages, total);
    yield step;
  }
}
