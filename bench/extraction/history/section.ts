/** The section of docs/benchmarks.md about a whole history. */
import { KNOWN_TOKEN_LIMIT } from '../../../src/core/extraction/known.ts';
import { STATE_LIMIT_BYTES } from '../../../src/core/model/constants.ts';
import { rowTable } from '../../report.ts';
import type { HistoryRun } from './history-run.ts';

export interface History {
  readonly rules: HistoryRun;
  /** The model asked one call at a time, and several. */
  readonly one: HistoryRun;
  readonly several: HistoryRun;
  readonly concurrency: number;
  readonly latencyMs: number;
}

const MOST_CALLS = 500;
const MOST_SENT = 1.3;

/** @param plot the address of the plot, as the document sees it; @param on what it was measured */
export function historySection(history: History, plot: string, on: string): string {
  const { rules, latencyMs, concurrency } = history;
  const commits = rules.samples.length;
  return `## A whole history

The reference history, taken whole through import, extraction and ceremony, cycle by cycle, until nothing is left: ${count(rules.sessions)}
top-level sessions with ${count(rules.messages)} messages that a persona may keep, ${(rules.tokens / 1e6).toFixed(2)} million tokens. The state is measured after every
commit, from what was written. In the end every message of every top-level session is read anew from the database and looked for in
the ledger.

${on}

${tableOf(history)}

![The size of state after each of ${commits} commits with the built-in rules](${plot})

With the built-in rules ${count(rules.items)} items were found; the ledger takes ${Math.round(rules.ledgerBytes / 1e3)} kB.

- **The model** finds nothing and answers ${latencyMs} ms after it was asked, over HTTP on the same machine. Calls and tokens are counted by
  its server: instructions, messages and the schema of the reply, four characters a token. It knows no items; the line below has
  ${count(KNOWN_TOKEN_LIMIT)} tokens of known items in every call, the most there can be.
- **Messages a second**: of all the time from the first import to the last ceremony. ${concurrency} calls at a time gain at most ${concurrency} times, and
  less where the work of this machine is not small beside the latency. Of processor time: as if nothing else ran.`;
}

function tableOf({ rules, one, several, concurrency, latencyMs }: History): string {
  const all = [rules, one, several];
  const most = Math.max(...rules.samples.map(({ bytes }) => bytes));
  const mostOfAll = Math.max(...all.flatMap(({ samples }) => samples.map(({ bytes }) => bytes)));
  const missing = all.reduce((sum, { notInLedger }) => sum + notInLedger, 0);
  const twice = all.reduce((sum, { analysedTwice }) => sum + analysedTwice, 0);
  const calls = Math.max(sentBy(one).calls, sentBy(several).calls);
  const share = Math.max(...[one, several].map((run) => sentBy(run).tokens / run.tokens));
  const fullest = Math.max(...[one, several].map(withKnown));
  const limit = `≤ ${STATE_LIMIT_BYTES / 1e6} MB`;
  const head = ['', 'target', 'seen', 'met'];
  return rowTable(head, [
    ['Built-in rules: messages a second', '', count(rate(rules)), ''],
    ['The same, of processor time', '', count(rules.messages / rules.processorSeconds), ''],
    ['Built-in rules: the whole history', '', `${rules.seconds.toFixed(1)} s`, ''],
    ['Built-in rules: cycles of the archive', '', count(rules.cycles), ''],
    [
      `Built-in rules: most state at any of ${rules.samples.length} commits`,
      limit,
      mega(most),
      met(most <= STATE_LIMIT_BYTES),
    ],
    ['All three runs: most state at any commit', limit, mega(mostOfAll), met(mostOfAll <= STATE_LIMIT_BYTES)],
    ['All three runs: messages not in the ledger', '0', count(missing), met(missing === 0)],
    ['All three runs: messages analysed twice', '0', count(twice), met(twice === 0)],
    ['A model: calls', `≤ ${MOST_CALLS}`, count(calls), met(calls <= MOST_CALLS)],
    ['A model: tokens sent for each of history', `≤ ${MOST_SENT}`, share.toFixed(2), met(share <= MOST_SENT)],
    ['The same, with as many known items as can be', `≤ ${MOST_SENT}`, fullest.toFixed(2), met(fullest <= MOST_SENT)],
    ['A model: processor time of the app, one call at a time', '', `${one.processorSeconds.toFixed(1)} s`, ''],
    [
      'A model: the latency of all calls, one at a time',
      '',
      `${((sentBy(one).calls * latencyMs) / 1_000).toFixed(1)} s`,
      '',
    ],
    ['A model: messages a second, one call at a time', '', count(rate(one)), ''],
    [
      `A model: messages a second, ${concurrency} at a time`,
      '',
      `${count(rate(several))} (${(rate(several) / rate(one)).toFixed(1)}x)`,
      '',
    ],
  ]);
}

function sentBy({ sent }: HistoryRun): { calls: number; tokens: number } {
  if (sent === null) throw new Error('this run asked no model');
  return sent;
}

function withKnown(run: HistoryRun): number {
  const { calls, tokens } = sentBy(run);
  return (tokens + calls * KNOWN_TOKEN_LIMIT) / run.tokens;
}

function rate({ messages, seconds }: HistoryRun): number {
  return messages / seconds;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function met(is: boolean): string {
  return is ? 'yes' : '**no**';
}
