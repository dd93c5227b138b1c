/**
 * How the activity of a session is stored: a line an entry, so small that it can be kept for every session.
 *
 *     KEY TIME AGENT p                    a prompt
 *     KEY TIME AGENT LENGTH USE RUN…      an answer
 *
 * Whole numbers are in base 36. TIME is ms after the line before, AGENT a place in the list of agents, LENGTH ms. USE is
 * `MODEL,INPUT,OUTPUT,REASONING,CACHE_READ,CACHE_WRITE,COST` with the cost as a decimal number or nothing, or `-` where nothing was
 * recorded; a RUN is `OFFSET,LENGTH` of a tool, from the time of the answer.
 */
import { EntryCursor } from './entry-cursor.ts';
import type { ActivityEntry, SessionActivity, Stretch, TokenUse } from '../model/activity.ts';

const RADIX = 36;
const PROMPT = 'p';
const NO_USE = '-';
const UNWRITABLE = /[\s%]/;

/** An entry whose use is written already. */
export interface WrittenEntry extends Omit<ActivityEntry, 'use'> {
  /** By {@link writeUse}; null for none. */
  readonly use: string | null;
}

/** Gives each name a place in the list, which grows. */
export function placeIn(names: string[], name: string): number {
  const known = names.indexOf(name);
  return known === -1 ? names.push(name) - 1 : known;
}

/** @param models grows with the models that are new */
export function writeUse(use: TokenUse, models: string[]): string {
  const { input, output, reasoning, cacheRead, cacheWrite, cost } = use;
  const numbers = [placeIn(models, use.model), input, output, reasoning, cacheRead, cacheWrite].map(inBase);
  // one string, and not a tree of its pieces: it is held for each message of an import
  return [...numbers, cost ?? ''].join(',');
}

/** @param entries in any order, none twice */
export function encodeEntries(
  sessionId: string,
  entries: readonly WrittenEntry[],
  models: readonly string[],
): SessionActivity {
  const agents: string[] = [];
  let before = 0;
  const lines = entries.toSorted(byTime).map((entry) => {
    const head = `${writtenKey(entry.key)} ${inBase(entry.time - before)} ${inBase(placeIn(agents, entry.agent))}`;
    before = entry.time;
    if (entry.role === 'user') return `${head} ${PROMPT}`;
    const runs = entry.runs.map(({ start, end }) => ` ${inBase(start - entry.time)},${inBase(end - start)}`).join('');
    return `${head} ${inBase(entry.end - entry.time)} ${entry.use ?? NO_USE}${runs}`;
  });
  return { sessionId, agents, models: [...models], entries: lines.join('\n') };
}

/** By time. What can't be an entry, because what is kept was damaged, is left out, and so is what comes after it. */
export function decodeEntries(activity: SessionActivity): ActivityEntry[] {
  const { agents, models } = activity;
  const entries: ActivityEntry[] = [];
  for (const cursor = new EntryCursor(activity); cursor.next();) {
    const { key, isPrompt, time, end, runs } = cursor;
    entries.push({
      key,
      role: isPrompt ? 'user' : 'assistant',
      agent: agents[cursor.agent] ?? '',
      time,
      end,
      runs: stretchesOf(runs),
      use: useAt(cursor, models),
    });
  }
  return entries;
}

function useAt(cursor: EntryCursor, models: readonly string[]): TokenUse | null {
  const model = models[cursor.model];
  if (model === undefined) return null;
  const { input, output, reasoning, cacheRead, cacheWrite, cost } = cursor;
  return { model, input, output, reasoning, cacheRead, cacheWrite, cost: Number.isNaN(cost) ? null : cost };
}

function stretchesOf(pairs: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < pairs.length; at += 2) stretches.push({ start: pairs[at] ?? 0, end: pairs[at + 1] ?? 0 });
  return stretches;
}

/** One session out of what several readings told of it: what is in both is taken from the later one. */
export function joinActivities(before: SessionActivity, later: SessionActivity): SessionActivity {
  const entries = new Map(decodeEntries(before).map((entry) => [entry.key, entry]));
  for (const entry of decodeEntries(later)) entries.set(entry.key, entry);
  const models: string[] = [];
  const written = [...entries.values()].map((entry) => ({
    ...entry,
    use: entry.use === null ? null : writeUse(entry.use, models),
  }));
  return encodeEntries(later.sessionId, written, models);
}

function byTime(a: Pick<ActivityEntry, 'time' | 'key'>, b: Pick<ActivityEntry, 'time' | 'key'>): number {
  return a.time - b.time || (a.key < b.key ? -1 : 1);
}

/** An id may hold anything; a line and its fields may not. */
function writtenKey(key: string): string {
  return UNWRITABLE.test(key) ? key.replaceAll(/[\s%]/g, encodeURIComponent) : key;
}

function inBase(number: number): string {
  return Math.round(number).toString(RADIX);
}
