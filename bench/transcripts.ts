/** Reading Claude Code's transcripts in Node, beside parsing every line of the same files, and beside another program. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTruth } from '../scripts/make-folders.ts';
import { busy, onWhat } from './document.ts';
import { machine } from './machine.ts';
import { median } from './median.ts';
import { FIXTURES, makeFixtures, ROOT } from './places.ts';
import { rowTable } from './report.ts';
import type { ReadRun } from './transcripts-child.ts';
import { ReadRunSchema } from './transcripts-child.ts';
import * as v from 'valibot';

export const FULL_MEGABYTES = 500;
/** Reading must be so many times as fast as parsing every line. */
const TARGET = 1.5;

interface Whole {
  readonly seconds: number;
}

/** Gives the part of docs/benchmarks.md. */
export async function benchTranscripts({ megabytes, runs }: { megabytes: number; runs: number }): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const name = `claude-${megabytes}mb`;
  makeFixtures(['--transcripts', String(megabytes)]);
  const folder = join(FIXTURES, name);
  const truth = readTruth(`${folder}.truth.json`);
  const read: ReadRun[] = [];
  const parse: ReadRun[] = [];
  const ours: Whole[] = [];
  const theirs: Whole[] = [];
  const program = otherProgram();
  child('parse', folder); // once, so that all start from the system's cache
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`claude: run ${run}\n`);
    read.push(child('read', folder));
    parse.push(child('parse', folder));
    ours.push(ingest(folder, truth.sessions));
    theirs.push(timed(program.args, { CLAUDE_CONFIG_DIR: folder }));
  }
  for (const one of read) assert.deepEqual([one.messages, one.bytes], [truth.messages, truth.bytes]);
  for (const one of parse) assert.equal(one.bytes, truth.bytes);
  const table = tableOf(truth.bytes, { read, parse, ours, theirs }, program.version);
  process.stdout.write(`\n${table}\n`);
  const info = machine('', null, load);
  return `## Claude Code transcripts

${truth.files} files with ${Math.round(truth.bytes / 1e6)} MB, ${truth.messages.toLocaleString('en')} messages: invented histories whose kinds of
lines have the shares they have in genuine transcripts of 2026 (half of the bytes results of tools, a third progress).

${onWhat(info, new Date())}. Median of ${runs} runs, each in a process of its own, files in the system's cache.
${busy(load, info.cores)}

${table}

- **Reading all**: every message, text and tool call of every session, copies told apart, as an import reads them; nothing is kept.
- **Parsing every line**: \`readFileSync\`, \`split\`, \`JSON.parse\`, and nothing done with what that gives.
- **Processor time**: of all threads. Compiling and collecting garbage go on beside the reading, on another core where there is one.
- **Whole processes**: from the start of the program to its end. \`dramatis ingest sessions\` fills an empty catalog; \`ccusage daily\`
  (${program.version}, the last version in JavaScript) sums the tokens up by day, from the same files.`;
}

interface Runs {
  readonly read: readonly ReadRun[];
  readonly parse: readonly ReadRun[];
  readonly ours: readonly Whole[];
  readonly theirs: readonly Whole[];
}

function tableOf(bytes: number, { read, parse, ours, theirs }: Runs, version: string): string {
  const [readMs, parseMs] = [middle(read.map(({ ms }) => ms)), middle(parse.map(({ ms }) => ms))];
  const [oursS, theirsS] = [middle(ours.map(({ seconds }) => seconds)), middle(theirs.map(({ seconds }) => seconds))];
  const [readCpu, parseCpu] = [middle(read.map(({ cpu }) => cpu)), middle(parse.map(({ cpu }) => cpu))];
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const rate = (ms: number): string => `${Math.round(bytes / 1e3 / ms)} MB/s`;
  const peak = (all: readonly ReadRun[]): string =>
    `${Math.round(Math.max(...all.map((run) => run.peak ?? 0)) / 1e6)} MB`;
  return rowTable(
    ['', 'target', 'Dramatis', 'the other', 'ratio', 'met'],
    [
      [
        'Reading all, against parsing every line',
        `≥ ${TARGET}x`,
        rate(readMs),
        rate(parseMs),
        `${(parseMs / readMs).toFixed(2)}x`,
        parseMs / readMs >= TARGET ? 'yes' : '**no**',
      ],
      ['The same: processor time', '', seconds(readCpu), seconds(parseCpu), `${(parseCpu / readCpu).toFixed(2)}x`, ''],
      ['The same: memory', '', peak(read), peak(parse), '', ''],
      [
        `Whole processes, against \`ccusage\` ${version}`,
        'faster',
        `${oursS.toFixed(1)} s`,
        `${theirsS.toFixed(1)} s`,
        `${(theirsS / oursS).toFixed(2)}x`,
        oursS < theirsS ? 'yes' : '**no**',
      ],
    ],
  );
}

function middle(values: readonly number[]): number {
  return median(values);
}

function child(what: 'read' | 'parse', folder: string): ReadRun {
  const args = ['--import', 'tsx', join(ROOT, 'bench', 'transcripts-child.ts'), what, join(folder, 'projects')];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the run in Node failed: see above');
  return v.parse(ReadRunSchema, JSON.parse(stdout));
}

function ingest(folder: string, sessions: number): Whole {
  const state = mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
  const cli = join(ROOT, 'src', 'terminal', 'cli.ts');
  const whole = timed(['--import', 'tsx', cli, 'ingest', 'sessions', '--claude', folder, '--data-dir', state], {});
  rmSync(state, { recursive: true });
  assert.match(whole.output, new RegExp(`found ${sessions.toLocaleString('en')} sessions`));
  return whole;
}

function timed(args: readonly string[], env: Readonly<Record<string, string>>): Whole & { readonly output: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stderr}`);
  return { seconds: (performance.now() - started) / 1000, output: stdout };
}

const PackageSchema = v.object({ version: v.string() });

function otherProgram(): { readonly version: string; readonly args: readonly string[] } {
  const manifest = createRequire(import.meta.url).resolve('ccusage/package.json');
  const { version } = v.parse(PackageSchema, JSON.parse(readFileSync(manifest, 'utf8')));
  return { version, args: [join(dirname(manifest), 'dist', 'index.js'), 'daily', '--json', '--offline'] };
}
