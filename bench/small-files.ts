/** Folders of many files: JSON of early OpenCode from a directory handle in Chromium, and later looks at what changed little or not at all. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FIXTURE_NOW } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { type FolderTruth, readTruth } from '../scripts/make-folders.ts';
import { type ChromiumBench, type FolderImports, openChromiumBench, TIMES_GROWN } from './chromium-run.ts';
import { chromiumVersion } from './chromium.ts';
import { busy, onWhat } from './document.ts';
import { linkedFolder } from './linked-folder.ts';
import { machine } from './machine.ts';
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
  /** Of the folder that is watched, when one of its transcripts grew; the median of several times. */
  readonly grown: number;
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
    inChromium.push(await importInChromium(browser, join(FIXTURES, treeName, 'projects'), treeTruth));
  }
  await browser.close();
  const table = rowTable(
    ['', 'target', 'Dramatis', 'beside', 'share', 'met'],
    [
      ...(jsonTruth === null ? [] : [jsonRow(jsonTruth, median(ours), median(limit))]),
      againRow(unchanged('in Node', treeTruth), inNode),
      lookedRow(unchanged('in Chromium', treeTruth), inChromium),
      bareRow(inChromium),
      againRow(
        'The same, watched: one of them grew',
        inChromium.map(({ first, grown }) => ({ first, again: grown })),
      ),
    ],
  );
  process.stdout.write(`\n${table}\n`);
  const info = machine(await chromiumVersion(), null, load);
  return `## Many small files

${onWhat(info, new Date())}, Chromium ${info.chromium} (headless). Median of ${runs} runs, each in a fresh browser or process, files in the
system's cache.
${busy(load, info.cores)}

${table}

- **JSON files**: ${(jsonTruth?.files ?? json).toLocaleString('en')} files of early OpenCode, one a session, message and part, read through the handle of a
  dropped folder: every message, text and tool call of every session. Beside it: the same files opened and read the same way, ${IN_FLIGHT}
  at a time, and looked at by nobody; less than that no reading can take.
- **Unchanged**: ${treeTruth.files.toLocaleString('en')} transcripts of Claude Code with ${Math.round(treeTruth.bytes / 1e6)} MB, imported and then imported
  again, in Node until the receipt is there. Beside it: the first import. No file is opened the second time: folders are listed, and size and time of each file asked.
- **A bare look**: the same folders listed and the same files asked in the same browser, and nothing done with what they say; a
  browser has no quicker way to know that a file did not change, so less than that no look at everything can take. Asking the files
  alone, in folders that were listed before, takes 4.5 % of the first import.
- **Watched**: the folder is observed, as the app does with a connected one, and one transcript grows by a prompt, ${TIMES_GROWN} times
  (the median). From when the browser tells of it until it is on the screen: only what was told of is looked at. Most of that is
  writing: nearly all of these sessions began in one month, and sessions are kept by month.`;
}

/** See page/read-every-file.ts. */
const IN_FLIGHT = 48;

async function readJson(
  browser: ChromiumBench,
  folder: string,
  truth: FolderTruth,
): Promise<{ bare: number; read: number }> {
  const bare = await browser.folder(folder, 'readFiles');
  const read = await browser.folder(folder, 'readFolder');
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

function unchanged(where: string, { files }: FolderTruth): string {
  return `${files.toLocaleString('en')} unchanged transcripts, ${where}`;
}

function againRow(what: string, runs: readonly Again[]): string[] {
  const [again, first] = [medianOf(runs, 'again'), medianOf(runs, 'first')];
  const share = again / first;
  return [what, `≤ ${percent(TARGET_AGAIN)}`, time(again), time(first), percent(share), met(share <= TARGET_AGAIN)];
}

/** Where asking alone takes nearly as long as an import again may. */
function lookedRow(what: string, runs: readonly AgainInChromium[]): string[] {
  const [again, first] = [medianOf(runs, 'again'), medianOf(runs, 'first')];
  const isMet = again <= medianOf(runs, 'look');
  return [what, '≤ a bare look', time(again), time(first), percent(again / first), met(isMet)];
}

function bareRow(runs: readonly AgainInChromium[]): string[] {
  const [look, first] = [medianOf(runs, 'look'), medianOf(runs, 'first')];
  return ['The same, a bare look', '', time(look), time(first), percent(look / first), ''];
}

function medianOf<Key extends string>(runs: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return median(runs.map((run) => run[key]));
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

async function importInChromium(browser: ChromiumBench, folder: string, truth: FolderTruth): Promise<AgainInChromium> {
  const linked = linkedFolder(folder);
  try {
    return againOf(await browser.imports(linked.path, FIXTURE_NOW, () => linked.grow(FIXTURE_NOW)), truth);
  } finally {
    linked.remove();
  }
}

function againOf({ first, again, look, grown }: FolderImports, { files, bytes }: FolderTruth): AgainInChromium {
  assert.deepEqual([again.bytes, again.counts.messages], [0, first.counts.messages]);
  assert.deepEqual([look.counts.texts, look.bytes], [files, bytes]);
  for (const [time, { counts }] of grown.entries()) assert.equal(counts.messages, first.counts.messages + time + 1);
  return { first: first.ms, again: again.ms, look: look.ms, grown: median(grown.map(({ ms }) => ms)) };
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
