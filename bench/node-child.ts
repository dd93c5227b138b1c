/** One half of a run in a process of its own: `node-child.ts rows|import DATABASE SINCE NOW`. Prints its steps as JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../src/platform/node/file-store.ts';
import { nodeFile } from '../src/platform/node/node-file.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { ImportBench, type Measured, readEverything, RowsBench } from './measure.ts';
import { peakMemory } from './peak-memory.ts';
import type { StepRun } from './result.ts';

const [half, path = '', since = '', now = ''] = process.argv.slice(2);
const files = [nodeFile(path), nodeFile(`${path}-wal`)] as const;
const memory = peakMemory('self');
const idle = memory?.read().now ?? 0;

async function step(action: () => Promise<Measured>): Promise<StepRun> {
  memory?.reset();
  const { ms, bytes, counts } = await action();
  return { ms, bytes, counts, peak: memory ? memory.read().peak - idle : null };
}

async function rowSteps() {
  const rows = new RowsBench(files, loadSqlJs);
  const list = await step(() => rows.list());
  const recent = await step(() => rows.recent(Number(since)));
  const all = await step(() => rows.all());
  rows.close();
  const bytes = await step(() => readEverything(files[0]));
  return { list, recent, all, bytes };
}

async function importSteps() {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
  const bench = await ImportBench.open(files, await openFileStore(folder), loadSqlJs, Number(now));
  const first = await step(() => bench.import());
  const again = await step(() => bench.import());
  rmSync(folder, { recursive: true });
  return { import: first, again };
}

process.stdout.write(JSON.stringify(half === 'rows' ? await rowSteps() : await importSteps()));
