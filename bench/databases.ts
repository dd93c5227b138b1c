/** Reading and importing OpenCode databases in Chromium and in Node, beside native SQLite. */
import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { DAY_MS, RECENT_DAYS } from '../src/core/sources/opencode-db/fixture-plan.ts';
import { FIXTURE_NOW, type FixtureSize } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { type AppBench, openAppBench } from './app-run.ts';
import { type ChromiumBench, openChromiumBench } from './chromium-run.ts';
import { chromiumVersion } from './chromium.ts';
import { documentOf } from './document.ts';
import { machine } from './machine.ts';
import type { Peer } from './native.ts';
import { findPeer } from './native.ts';
import { runInNode } from './node-run.ts';
import { FIXTURES, makeFixtures } from './places.ts';
import { linesOf, tableOf } from './report.ts';
import { type AppRun, type SizeResult, type Steps, summarise, summariseApp } from './result.ts';

const SINCE = FIXTURE_NOW - RECENT_DAYS * DAY_MS;
export const WHOLE_RUN: readonly FixtureSize[] = ['S', 'L', 'XL'];

const Truth = v.object({
  totals: v.object({
    sessions: v.number(),
    recentSessions: v.number(),
    messages: v.number(),
    toolCalls: v.number(),
  }),
});
type Totals = v.InferOutput<typeof Truth>['totals'];

export interface DatabaseOptions {
  readonly sizes: readonly FixtureSize[];
  readonly runs: number;
}

/** Measures each size, prints a table of it, and gives the part of docs/benchmarks.md. */
export async function benchDatabases({ sizes, runs }: DatabaseOptions): Promise<string> {
  const load = loadavg()[0] ?? 0;
  makeFixtures(['--size', sizes.join(',')]);
  const peer = findPeer();
  if (peer === null)
    say(
      '\nNO RATIOS: there is no better-sqlite3 here, and the sqlite3 program is missing. Install it (apt-get install sqlite3) and run again.\n',
    );
  const browser = await openChromiumBench();
  const app = await openAppBench();
  const info = machine(await chromiumVersion(), peer?.name ?? null, load);
  const results: SizeResult[] = [];
  for (const size of sizes) {
    const result = await measure(size, runs, peer, browser, app);
    results.push(result);
    process.stdout.write(`\n${size}, ${Math.round(result.fileBytes / 1e6)} MB\n${tableOf(linesOf(result))}\n`);
  }
  await browser.close();
  await app.close();
  process.stdout.write(`\n${info.cores} cores, Node ${info.node}, Chromium ${info.chromium}, ${peer?.name ?? '-'}\n`);
  return documentOf(results, info, runs, new Date());
}

async function measure(
  size: FixtureSize,
  runs: number,
  peer: Peer | null,
  browser: ChromiumBench,
  app: AppBench,
): Promise<SizeResult> {
  const path = join(FIXTURES, `opencode-${size}.db`);
  const { totals } = readTruth(size);
  warm(path);
  warm(`${path}-wal`);
  say(`${size}: ${peer?.name ?? 'no peer'}`);
  const native = peer?.measure(path, SINCE, runs) ?? null;
  const inNode: Steps[] = [];
  const inChromium: Steps[] = [];
  const inApp: AppRun[] = [];
  for (let i = 1; i <= runs; i++) {
    say(`, run ${i}`);
    inNode.push(runInNode(path, SINCE, FIXTURE_NOW));
    inChromium.push(await browser.run(path, SINCE, FIXTURE_NOW));
    inApp.push(await app.run(path, FIXTURE_NOW));
  }
  say('\n');
  for (const steps of [...inNode, ...inChromium]) assertWhole(steps, totals);
  const fileBytes = statSync(path).size + statSync(`${path}-wal`).size;
  const measured = { node: summarise(inNode), chromium: summarise(inChromium), app: summariseApp(inApp) };
  return { size, fileBytes, messages: totals.messages, native, ...measured };
}

/** What is fast because it left something out does not count. */
function assertWhole(steps: Steps, totals: Totals): void {
  assert.equal(steps.list.counts.sessions, totals.sessions);
  assert.equal(steps.recent.counts.sessions, totals.recentSessions);
  assert.equal(steps.all.counts.messages, totals.messages);
  assert.equal(steps.all.counts.toolCalls, totals.toolCalls);
  assert.equal(steps.import.counts.messages, totals.messages);
}

function readTruth(size: FixtureSize): v.InferOutput<typeof Truth> {
  return v.parse(Truth, JSON.parse(readFileSync(join(FIXTURES, `opencode-${size}.truth.json`), 'utf8')));
}

/** Reads a file once, so that all start from the system's cache. */
function warm(path: string): void {
  const buffer = Buffer.alloc(1 << 22);
  const file = openSync(path, 'r');
  while (readSync(file, buffer) > 0);
  closeSync(file);
}

export function isSize(text: string): text is FixtureSize {
  return ['S', 'M', 'L', 'XL'].includes(text);
}

function say(text: string): void {
  process.stderr.write(text);
}
