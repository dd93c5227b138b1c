import type { Machine } from './machine.ts';
import { linesOf, tableOf } from './report.ts';
import type { SizeResult } from './result.ts';

/** The part of docs/benchmarks.md on databases: what was measured, how, on what, and the figures of one run. */
export function documentOf(results: readonly SizeResult[], machine: Machine, runs: number, date: Date): string {
  const { cores, processor, memoryGb, load, system, node, chromium, peer } = machine;
  const program = peer ?? 'no native SQLite, so no ratios';
  return `## OpenCode databases

How long Dramatis needs to read OpenCode databases of three sizes, in a browser tab and in Node, beside native
SQLite doing the same work on the same files.

${onWhat({ cores, processor, memoryGb, load, system, node }, date)}, Chromium ${chromium} (headless), ${program}. Median of
${runs} runs, files in the system's cache; memory is the worst of the runs.
${busy(load, cores)}

${results.map(sectionOf).join('\n\n')}

### What the lines mean

- **In the app**: the built app in a fresh browser profile. A database and its \`-wal\` are dropped on the window two seconds
  after it opened, and the
  clock runs from the drop until the browser has painted the first titles of the session list, or the receipt. In Node:
  the same work without a screen. The app's other lines are the engine alone, in a worker of a page of its
  own, which has read a small database some times before, as the app's does when it opens.
- **Rows of the last 14 days, of everything**: all messages, texts and tool calls of the sessions updated in the last 14
  days, or of all, JSON parsed. Native SQLite gives the same rows to the same language through better-sqlite3, and their
  JSON is parsed too (for all: one pass over each table; for 14 days: by the indices, in the forced order session,
  message, part; see \`bench/native.ts\`). Where it can't be built, the \`sqlite3\` program prints the rows to nowhere.
  In brackets: how many times its time.
- **A whole import**: reading, deciding what each persona keeps, writing it to IndexedDB (in Node: to files).
- **Second import**: the same files again, unchanged. In brackets: the share of the first, or of the file.
- **Memory**: the highest resident memory of the tab's process, worker included, over what it had before the files were
  there. In Node: of the process.
- **Longest task**: the longest time the app's page could not answer while all of this ran.
- **Read**: bytes of the database and its \`-wal\` that were read.
- **The bare bytes of the file**: reading all of it in slices of 8 MB and looking at nothing, for comparison.

The databases are made by \`npm run fixtures\`: invented histories of known content, the same bytes on every machine.
Each run checks that it got all of it.
`;
}

/** When and on what was measured. */
export function onWhat(
  { cores, processor, memoryGb, system, node }: Omit<Machine, 'chromium' | 'peer'>,
  date: Date,
): string {
  const day = date.toISOString().slice(0, 10);
  return `${day}: ${cores} cores (${processor}), ${memoryGb} GB, ${system}; Node ${node}`;
}

/** A machine with other work to do gives other figures: better to say so. */
export function busy(load: number, cores: number): string {
  if (load < cores / 4) return '';
  return `\n**Other work ran on the machine at the same time (load ${load.toFixed(1)} before the run): the times are too long.**\n`;
}

function sectionOf(result: SizeResult): string {
  const { size, fileBytes, messages } = result;
  const megabytes = Math.round(fileBytes / 1e6).toLocaleString('en');
  const what = { M: '', S: 'the reference history', L: 'a large store', XL: 'a large store with its event table' }[
    size
  ];
  const title = `### ${size}: ${what ? `${what}, ` : ''}${megabytes} MB, ${messages.toLocaleString('en')} messages`;
  return `${title}\n\n${tableOf(linesOf(result))}`;
}
