/** Opening a long session as a transcript: in the app in Chromium, and in Node beside reading all of it in the same run. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import type { OpenTranscript } from '../src/core/transcript/open-transcript.ts';
import type { Workspace } from '../src/core/workspace.ts';
import { openWorkspace } from '../src/core/workspace.ts';
import { nodeEntries } from '../src/platform/node/node-entries.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { chromiumVersion } from './chromium.ts';
import { busy, onWhat } from './document.ts';
import { machine } from './machine.ts';
import { median } from './median.ts';
import { rowTable } from './report.ts';
import type { AppOpening } from './transcript-app.ts';
import { openTranscriptApp } from './transcript-app.ts';
import { LONG_SESSION, LONG_TRANSCRIPT, lastOfSession, lastOfTranscript, longFiles } from './transcript-files.ts';

export const FULL_MESSAGES = 50_000;
/** ms until the newest screen is there. */
const TARGET = 300;
const TASK_TARGET = 50;
/** Messages of a screen and what is rendered around it; messages a list asks for at once. */
const SCREEN = 30;
const STRETCH = 100;

interface Run {
  /** ms */
  readonly newest: number;
  readonly all: number;
  readonly stretch: number;
  readonly find: number;
  /** Every message with its text, as evidence is looked up: the whole session is read. */
  readonly whole: number;
  /** bytes read until the newest screen was there */
  readonly bytes: number;
}

/** Gives the part of docs/benchmarks.md. */
export async function benchTranscript({ messages, runs }: { messages: number; runs: number }): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const { database, claude } = await longFiles(messages);
  const transcript = `${claude}/-src/${LONG_TRANSCRIPT}.jsonl`;
  const kinds = [
    {
      name: 'OpenCode database',
      path: database,
      id: LONG_SESSION,
      last: lastOfSession(messages),
      bytes: statSync(database).size,
    },
    {
      name: 'Claude Code transcript',
      path: claude,
      id: LONG_TRANSCRIPT,
      last: lastOfTranscript(messages),
      bytes: statSync(transcript).size,
    },
  ];
  const tables: string[] = [];
  const app = await openTranscriptApp();
  for (const { name, path, id, last, bytes } of kinds) {
    const opened: AppOpening[] = [];
    for (let run = 1; run <= runs; run += 1) opened.push(await app.open({ paths: [path], id, last, messages }));
    await measured(path, id, messages); // once, so that all start from the system's cache
    const seen: Run[] = [];
    for (let run = 1; run <= runs; run += 1) seen.push(await measured(path, id, messages));
    tables.push(`### ${name}, ${Math.round(bytes / 1e6)} MB\n\n${tableOf(opened, seen)}`);
  }
  await app.close();
  const text = tables.join('\n\n');
  process.stdout.write(`\n${text}\n`);
  const info = machine(await chromiumVersion(), null, load);
  return `## Transcripts

Opening one session of ${messages.toLocaleString('en')} messages on its newest screen. Every other message calls a tool.

${onWhat(info, new Date())}, Chromium ${info.chromium} (headless). Median of ${runs} runs, files in the system's cache.
${busy(load, info.cores)}

${text}

- **In the app**: from the click in a tab of a fresh profile, where the files were dropped and imported, until the last message is
  painted. The first time the code of the screen is loaded as well.
- **In Node**: from the files to the newest ${SCREEN} messages as they are shown.
- **In brackets**: the share of the time that reading every message of the session took in the same run.
- **Known where all messages are**: from then on any of them can be shown; until then the newest are on the screen.`;
}

async function measured(path: string, id: string, messages: number): Promise<Run> {
  const workspace = await fresh();
  const entries = await nodeEntries([path]);
  const began = performance.now();
  const outcome = await workspace.transcripts.open(id, entries);
  assert(outcome.ok);
  const { transcript } = outcome;
  const screen = await transcript.newest(SCREEN);
  const newest = performance.now() - began;
  const bytes = transcript.bytesRead;
  assert.equal(screen.length, SCREEN);
  const all = await timed(async () => assert.equal(await transcript.count(), messages));
  const middle = Math.floor(messages / 2);
  const stretch = await timed(() => transcript.messages(middle, middle + STRETCH));
  const find = await timed(() => findAll(transcript, `make ${messages - 2}`));
  transcript.close();
  const whole = await timed(async () => {
    const read = await (await fresh()).transcript(id, entries);
    assert(read.ok && read.messages.length === messages);
  });
  return { newest, all, stretch, find, whole, bytes };
}

function fresh(): Promise<Workspace> {
  return openWorkspace({
    store: new MemoryStore(),
    loadSqlJs,
    now: Date.now,
    newDeviceId: () => 'bench',
    timeZone: 'UTC',
  });
}

async function findAll(transcript: OpenTranscript, query: string): Promise<void> {
  let hits = 0;
  for await (const hit of transcript.find(query)) hits += hit.count;
  assert(hits > 0);
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

function tableOf(opened: readonly AppOpening[], runs: readonly Run[]): string {
  const of = (field: keyof Run): number => median(runs.map((run) => run[field]));
  const ms = (value: number): string => `${Math.round(value).toLocaleString('en')} ms`;
  const share = (value: number): string => `${ms(value)} (${Math.round((100 * value) / of('whole'))} %)`;
  const newest = of('newest');
  const inApp = (field: 'first' | 'again'): string[] => {
    const seen = median(opened.map((opening) => opening[field]));
    return [`≤ ${TARGET} ms`, ms(seen), seen <= TARGET ? 'yes' : '**no**'];
  };
  const task = Math.max(...opened.map((opening) => opening.longestTask));
  return rowTable(
    ['', 'target', 'seen', 'met'],
    [
      ['In the app: the newest screen, the first time', ...inApp('first')],
      ['In the app: the newest screen, another time', ...inApp('again')],
      [
        "The same: the page's longest task, processor time",
        `≤ ${TASK_TARGET} ms`,
        ms(task),
        task <= TASK_TARGET ? 'yes' : '**no**',
      ],
      ['In Node: the newest screen', `≤ ${TARGET} ms`, share(newest), newest <= TARGET ? 'yes' : '**no**'],
      ['The same: read', '', `${Math.round(of('bytes') / 1e3).toLocaleString('en')} kB`, ''],
      ['Known where all messages are', '', share(of('all')), ''],
      [`${STRETCH} messages in the middle`, '', ms(of('stretch')), ''],
      ['Find, through everything', '', ms(of('find')), ''],
      ['Reading every message', '', ms(of('whole')), ''],
    ],
  );
}
