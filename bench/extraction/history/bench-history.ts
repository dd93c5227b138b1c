/** The part `history` of the bench: the whole reference history, with the built-in rules and with a model that takes its time. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { STATE_LIMIT_BYTES } from '../../../src/core/model/constants.ts';
import type { FixtureSize } from '../../../src/core/sources/opencode-db/fixture-specs.ts';
import { busy, onWhat } from '../../document.ts';
import { machine } from '../../machine.ts';
import { FIXTURES, makeFixtures, ROOT } from '../../places.ts';
import type { HistoryRun } from './history-run.ts';
import { HistoryRunSchema } from './history-run.ts';
import { plotOf } from './plot.ts';
import { historySection } from './section.ts';

/** The history the targets are for. */
export const FULL_HISTORY: FixtureSize = 'S';
const LATENCY_MS = 100;
const CONCURRENCY = 4;
const PLOT = 'images/state-of-a-history.svg';
const CHILD = fileURLToPath(new URL('./history-child.ts', import.meta.url));

/** Prints a table and gives the section of docs/benchmarks.md; of the full history the plot is written too. */
export async function benchHistory(size: FixtureSize): Promise<string> {
  const load = loadavg()[0] ?? 0;
  makeFixtures(['--size', size]);
  const database = join(FIXTURES, `opencode-${size}.db`);
  const model = (concurrency: number) => ['--latency', String(LATENCY_MS), '--concurrency', String(concurrency)];
  const rules = child(database, []);
  const one = child(database, model(1));
  const several = child(database, model(CONCURRENCY));
  const info = machine('', null, load);
  const on = `${onWhat(info, new Date())}. One run each, in a process of its own, state in memory.${busy(load, info.cores)}`;
  const section = historySection({ rules, one, several, concurrency: CONCURRENCY, latencyMs: LATENCY_MS }, PLOT, on);
  process.stdout.write(`\n${section}\n`);
  if (size === FULL_HISTORY) writeFileSync(join(ROOT, 'docs', PLOT), plotOf(rules.samples, STATE_LIMIT_BYTES));
  return section;
}

function child(database: string, args: readonly string[]): HistoryRun {
  process.stderr.write(`history: ${args.length === 0 ? 'built-in rules' : args.join(' ')}\n`);
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', CHILD, database, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error('the run failed: see above');
  return v.parse(HistoryRunSchema, JSON.parse(stdout));
}
