/** How long each letter of a query takes, the same in Node and in a worker: search, a plain scan over the same texts, and an inverted index. */
import MiniSearch from 'minisearch';
import type { SqlJsStatic } from 'sql.js';
import type { SourceFile } from '../../src/core/sources/byte-source.ts';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import { openWorkspace } from '../../src/core/workspace.ts';

/** What is typed, letter by letter: common and rare words, several, a phrase, an identifier, other scripts, filters. */
const TYPED = [
  'the retry loop',
  'search index first',
  '"nobody closes the file"',
  'commit.ts:6739',
  'getUserName',
  'Grete prefers',
  'часовой пояс',
  '検索',
  'role:user tests',
  'quixotic',
];

export interface Latency {
  /** ms */
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

export interface Keystrokes {
  readonly messages: number;
  /** UTF-16 units of them. */
  readonly units: number;
  readonly keystrokes: number;
  /** The first search, which makes ready what it needs. */
  readonly first: number;
  readonly search: Latency;
  readonly scan: Latency;
  readonly index: Latency;
  /** Making the inverted index. */
  readonly indexing: number;
}

export async function measureKeystrokes(
  files: readonly SourceFile[],
  loadSqlJs: () => Promise<SqlJsStatic>,
  now: number,
): Promise<Keystrokes> {
  const workspace = await imported(files, loadSqlJs, now);
  const texts = workspace.personas().flatMap(({ id }) => (workspace.kept(id) ?? []).map(({ text }) => text));
  const typed = TYPED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const search = (text: string): unknown => workspace.search.kept({ text, limit: 5 });
  const first = timed(() => search('a'));
  const { index, indexing } = indexOf(texts);
  return {
    messages: texts.length,
    units: texts.reduce((sum, { length }) => sum + length, 0),
    keystrokes: typed.length,
    first,
    search: latency(typed, search),
    scan: latency(typed, (text) => scan(texts, text)),
    index: latency(typed, index),
    indexing,
  };
}

async function imported(
  files: readonly SourceFile[],
  loadSqlJs: () => Promise<SqlJsStatic>,
  now: number,
): Promise<Workspace> {
  const workspace = await openWorkspace({
    store: new MemoryStore(),
    loadSqlJs,
    now: () => now,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
  const outcome = await workspace.import(files, { now });
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  return workspace;
}

/** What anyone would write first. */
function scan(texts: readonly string[], typed: string): number {
  const words = typed.toLowerCase().split(' ').filter(Boolean);
  return texts.filter((text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  }).length;
}

function indexOf(texts: readonly string[]): { index: (typed: string) => unknown; indexing: number } {
  const index = new MiniSearch({ fields: ['text'] });
  const indexing = timed(() => index.addAll(texts.map((text, id) => ({ id, text }))));
  const isLast = (_: string, at: number, words: string[]): boolean => at === words.length - 1;
  return { index: (typed) => index.search(typed, { combineWith: 'AND', prefix: isLast }), indexing };
}

function latency(typed: readonly string[], search: (text: string) => unknown): Latency {
  const times = typed.map((text) => timed(() => search(text))).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(times.length * share) - 1] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
