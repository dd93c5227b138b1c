/** Folders of many files: JSON of early OpenCode from a directory handle in Chromium, and a second look at what did not change. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FIXTURE_NOW } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { type FolderTruth, readTruth } from '../scripts/make-folders.ts';
import { type ChromiumBench, openChromiumBench } from './chromium-run.ts';
import { chromiumVersion } from './chromium.ts';
import { busy, onWhat } from './document.ts';
import { machine } from './machine.ts';
import type { Measured } from './measure.ts';
import { median } from './median.ts';
import { FIXTURES, makeFixtures, ROOT } from './places.ts';
import { rowTable } from './report.ts';

export const FULL_FILES = 5_000;
export const FULL_JSON = 100_000;
/** Of the speed of reading the same files and looking at nothing. */
const TARGET_SHARE = 0.6;
/** Of the time of the first import. */
const TARGET_AGAIN = 0.05;

interface SmallFilesOptions {
  /** Transcripts, of which nothing changes. */
  readonly files: number;
  /** JSON files; with none of them only the transcripts are looked at. */
  readonly json: number;
  readonly runs: number;
}

/** ms */
interface Again {
  readonly first: number;
  readonly again: number;
}

interface AgainInChromium extends Again {
  /** Of a bare look at the same files. */
  readonly look: number;
}

/** Gives the part of docs/benchmarks.md. */
export async function benchSmallFiles({ files, json, runs }: SmallFilesOptions): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const withJson = json > 0;
  makeFixtures(['--transcript-files', String(files), ...(withJson ? ['--json-files', String(json)] : [])]);
  const [jsonName, treeName] = [`json-${json}`, `claude-${files}`];
  const treeTruth = truthOf(treeName);
  const jsonTruth = withJson ? truthOf(jsonName) : null;
  const browser = await openChromiumBench();
  const limit: number[] = [];
  const ours: number[] = [];
  const inNode: Again[] = [];
  const inChromium: AgainInChromium[] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`files: run ${run}\n`);
    if (jsonTruth !== null) {
      const { bare, read } = await readJson(browser, join(FIXTURES, jsonName, 'opencode'), jsonTruth);
      limit.push(bare);
      ours.push(read);
    }
    inNode.push(importInNode(join(FIXTURES, treeName, 'projects')));
    inChromium.push(
      againOf(await browser.folder(join(FIXTURES, treeName, 'projects'), 'import', FIXTURE_NOW), treeTruth),
    );
  }
  await browser.close();
  const table = rowTable(
    ['', 'target', 'Dramatis', 'beside', 'share', 'met'],
    [
      ...(jsonTruth === null ? [] : [jsonRow(jsonTruth, median(ours), median(limit))]),
      againRow('in Node', treeTruth, inNode),
      againRow('in Chromium', treeTruth, inChromium),
      lookRow(inChromium),
    ],
  );
  process.stdout.write(`\n${table}\n`);
  const info = machine(await chromiumVersion(), null, load);
  return `## Many small files

${onWhat(info, new Date())}, Chromium ${info.chromium} (headless). Median of ${runs} runs, each in a fresh browser or process, files in the
system's cache.
${busy(load, info.cores)}

${table}

- **JSON files**: ${json.toLocaleString('en')} files of early OpenCode, one a session, message and part, read through the handle of a
  dropped folder: every message, text and tool call of every session. Beside it: the same files opened and read the same way, ${IN_FLIGHT}
  at a time, and looked at by nobody; less than that no reading can take.
- **Unchanged**: ${treeTruth.files.toLocaleString('en')} transcripts of Claude Code with ${Math.round(treeTruth.bytes / 1e6)} MB, imported and then imported
  again. Beside it: the first import. No file is opened the second time: folders are listed, and size and time of each file asked.
- **A bare look**: the same folders listed and the same files asked in the same browser, and nothing done with what they say; a
  browser has no quicker way to know that a file did not change, so less than that no rescan can take.`;
}

/** See page/read-every-file.ts. */
const IN_FLIGHT = 48;

async function readJson(
  browser: ChromiumBench,
  folder: string,
  truth: FolderTruth,
): Promise<{ bare: number; read: number }> {
  const [bare] = await browser.folder(folder, 'readFiles', FIXTURE_NOW);
  const [read] = await browser.folder(folder, 'readFolder', FIXTURE_NOW);
  assert(bare !== undefined && read !== undefined);
  assert.deepEqual([bare.counts.texts, bare.bytes], [truth.files, truth.bytes]);
  assert.deepEqual([read.counts.sessions, read.counts.messages], [truth.sessions, truth.messages]);
  return { bare: bare.ms, read: read.ms };
}

function jsonRow({ files }: FolderTruth, ours: number, limit: number): string[] {
  const rate = (ms: number): string => `${Math.round((files / ms) * 1000).toLocaleString('en')} files/s`;
  const share = limit / ours;
  const what = `${files.toLocaleString('en')} JSON files in Chromium`;
  return [what, `≥ ${percent(TARGET_SHARE)}`, rate(ours), rate(limit), percent(share), met(share >= TARGET_SHARE)];
}

function againRow(where: string, { files }: FolderTruth, runs: readonly Again[]): string[] {
  const [again, first] = [median(runs.map((run) => run.again)), median(runs.map((run) => run.first))];
  const share = again / first;
  const what = `${files.toLocaleString('en')} unchanged transcripts, ${where}`;
  return [what, `≤ ${percent(TARGET_AGAIN)}`, time(again), time(first), percent(share), met(share <= TARGET_AGAIN)];
}

function lookRow(runs: readonly AgainInChromium[]): string[] {
  const [look, first] = [median(runs.map((run) => run.look)), median(runs.map((run) => run.first))];
  return ['The same, a bare look', '', time(look), time(first), percent(look / first), ''];
}

const AgainSchema = v.object({ first: v.number(), again: v.number() });

function importInNode(folder: string): Again {
  const args = ['--import', 'tsx', join(ROOT, 'bench', 'folder-child.ts'), folder, String(FIXTURE_NOW)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the run in Node failed: see above');
  return v.parse(AgainSchema, JSON.parse(stdout));
}

function againOf([first, again, look]: readonly Measured[], { files, bytes }: FolderTruth): AgainInChromium {
  assert(first !== undefined && again !== undefined && look !== undefined);
  assert.deepEqual([again.bytes, again.counts.messages], [0, first.counts.messages]);
  assert.deepEqual([look.counts.texts, look.bytes], [files, bytes]);
  return { first: first.ms, again: again.ms, look: look.ms };
}

function truthOf(name: string): FolderTruth {
  return readTruth(join(FIXTURES, `${name}.truth.json`));
}

function met(ok: boolean): string {
  return ok ? 'yes' : '**no**';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function time(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
