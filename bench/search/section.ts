import { busy, onWhat } from '../document.ts';
import type { Machine } from '../machine.ts';
import { rowTable } from '../report.ts';
import type { HistoryResult } from './history.ts';
import type { Keystrokes, Latency } from './keystrokes.ts';
import type { Typing } from './typing.ts';

interface SearchFigures {
  readonly keystrokes: Keystrokes;
  readonly typing: Typing;
  readonly history: readonly HistoryResult[];
  readonly info: Machine;
  readonly date: Date;
  readonly runs: number;
}

/** Most a keystroke may take, ms: 95 of 100. */
const TARGET_MS = 30;
/** Most the page's thread may be held, ms of processor time. */
const TASK_TARGET_MS = 50;

/** The part of docs/benchmarks.md on search. */
export function searchSection({ keystrokes, typing, history, info, date, runs }: SearchFigures): string {
  const { messages, units, first, indexing, keystrokes: count } = keystrokes;
  const line = (what: string, { median, p95, worst }: Latency, ready: number | null): string[] => [
    what,
    ...[median, p95, worst].map(ms),
    ready === null ? '' : ms(ready),
  ];
  const met = keystrokes.search.p95 <= TARGET_MS ? 'met' : '**not met**';
  return `## Search

${onWhat(info, date)}, Chromium ${info.chromium} (headless).
${busy(info.load, info.cores)}
What is kept of the reference history: ${number(messages)} messages, ${(units / 1e6).toFixed(1)} million characters; ${count} keystrokes, in a
worker. Target: ${TARGET_MS} ms for 95 of 100, ${met}.

${rowTable(
  ['', 'median', '95 of 100', 'worst', 'made ready'],
  [
    line('Search', keystrokes.search, first),
    line('Plain scan: lower case and includes', keystrokes.scan, null),
    line('MiniSearch, all words, the last one as far as it goes', keystrokes.index, indexing),
  ],
)}

In the app, while three words are typed letter by letter and the whole history is searched behind each: the page's longest task, by
processor time. Target: ${TASK_TARGET_MS} ms, ${Math.max(typing.page, typing.palette) <= TASK_TARGET_MS ? 'met' : '**not met**'}. On the page Search ${ms(typing.page)}, in the box ${ms(typing.palette)}.

The whole history of the large store, in Node, nothing kept; median of ${runs}. Beside it the \`sqlite3\` program, which prints the texts that are
LIKE the word to nowhere; in brackets how many times its time.

${rowTable(
  ['', 'messages', 'found', 'first hit', 'all', 'sqlite3'],
  history.map(({ word, searched, found, first: firstHit, last, native }) => [
    `“${word}”`,
    number(searched),
    number(found),
    firstHit === null ? '' : ms(firstHit),
    native === null ? ms(last) : `${ms(last)} (${(last / native).toFixed(1)}x)`,
    native === null ? 'not there' : ms(native),
  ]),
)}
`;
}

function ms(time: number): string {
  return time < 10 ? `${time.toFixed(1)} ms` : time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(2)} s`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
