/** What models took, a row a model and quarter of an hour: numbers in one array, for there are hundreds of thousands. */
import type { ModelUse } from '../model/activity-views.ts';
import type { EntryCursor } from './entry-cursor.ts';

/** Every local day begins and ends at a whole one. */
const SLOT_MS = 900_000;

const START = 0;
const MODEL = 1;
const INPUT = 2;
const OUTPUT = 3;
const REASONING = 4;
const CACHE_READ = 5;
const CACHE_WRITE = 6;
const COST = 7;
const ANSWERS = 8;
const WITH_COST = 9;
const WIDTH = 10;

export interface UseRows {
  readonly models: readonly string[];
  readonly rows: readonly number[];
}

/** Adds what an answer took. Answers must come by time. */
export function addUse(rows: number[], cursor: EntryCursor): void {
  const slot = Math.floor(cursor.time / SLOT_MS) * SLOT_MS;
  let at = rows.length - WIDTH;
  while (at >= 0 && rows[at + START] === slot && rows[at + MODEL] !== cursor.model) at -= WIDTH;
  if (at < 0 || rows[at + START] !== slot) {
    at = rows.length;
    rows.push(slot, cursor.model, 0, 0, 0, 0, 0, 0, 0, 0);
  }
  add(rows, at + INPUT, cursor.input);
  add(rows, at + OUTPUT, cursor.output);
  add(rows, at + REASONING, cursor.reasoning);
  add(rows, at + CACHE_READ, cursor.cacheRead);
  add(rows, at + CACHE_WRITE, cursor.cacheWrite);
  add(rows, at + ANSWERS, 1);
  if (Number.isNaN(cursor.cost)) return;
  add(rows, at + COST, cursor.cost);
  add(rows, at + WITH_COST, 1);
}

/** What each model took in a range of time, most tokens first. */
export function modelsIn(uses: Iterable<UseRows>, from: number, to: number): ModelUse[] {
  const sums = new Map<string, number[]>();
  for (const { models, rows } of uses) {
    for (let at = 0; at < rows.length; at += WIDTH) {
      const start = rows[at + START] ?? 0;
      if (start < from || start >= to) continue;
      const model = models[rows[at + MODEL] ?? 0] ?? '';
      let sum = sums.get(model);
      if (sum === undefined) sums.set(model, (sum = Array.from({ length: WIDTH }, () => 0)));
      for (let field = INPUT; field < WIDTH; field++) add(sum, field, rows[at + field] ?? 0);
    }
  }
  return [...sums].map(([model, sum]) => toUse(model, sum)).sort(byTokens);
}

function toUse(model: string, sum: readonly number[]): ModelUse {
  const count = (field: number): number => sum[field] ?? 0;
  return {
    model,
    input: count(INPUT),
    output: count(OUTPUT),
    reasoning: count(REASONING),
    cacheRead: count(CACHE_READ),
    cacheWrite: count(CACHE_WRITE),
    cost: count(WITH_COST) === 0 ? null : count(COST),
    answers: count(ANSWERS),
    answersWithCost: count(WITH_COST),
  };
}

/** What was sent and what came back; what was read from a cache is not sent again. */
function byTokens(a: ModelUse, b: ModelUse): number {
  const tokens = ({ input, output, reasoning, cacheWrite }: ModelUse): number =>
    input + output + reasoning + cacheWrite;
  return tokens(b) - tokens(a) || (a.model < b.model ? -1 : 1);
}

function add(numbers: number[], at: number, more: number): void {
  numbers[at] = (numbers[at] ?? 0) + more;
}
