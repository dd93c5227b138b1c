/** What one session adds to the accounts: its prompts, when its agents were at work, and what that took. */
import type { SessionActivity, Stretch } from '../model/activity.ts';
import { EntryCursor } from './entry-cursor.ts';
import { merged } from './stretches.ts';
import { turnsOf } from './turns.ts';
import type { UseRows } from './use-rows.ts';
import { addUse } from './use-rows.ts';

export interface Prompt {
  readonly time: number;
  /** Of the message. */
  readonly id: string;
  readonly agent: string;
}

export interface SessionWork {
  /** By time. */
  readonly prompts: readonly Prompt[];
  /** By time. */
  readonly turns: readonly Stretch[];
  readonly uses: UseRows;
  /** When the prompts were that stand before the session began, ms: a fork copies them. */
  readonly early: readonly number[];
}

/** Whether what a prompt began counts here; asked with its time for prompts from before the session began. */
export type IsOwn = (time: number) => boolean;

const ALL_OWN: IsOwn = () => true;

/**
 * @param began when its tool says the session began, ms
 * @param isOwn false: a fork copied the turn, and it is counted elsewhere
 */
export function sessionWork(activity: SessionActivity, began: number, isOwn: IsOwn = ALL_OWN): SessionWork {
  const { agents, models } = activity;
  const prompts: Prompt[] = [];
  const spans: Stretch[] = [];
  const early: number[] = [];
  const rows: number[] = [];
  let counts = firstCounts(activity, began, isOwn);
  for (const cursor = new EntryCursor(activity); cursor.next();) {
    const { time, end, isPrompt, runs } = cursor;
    if (time >= began) counts = true;
    else if (isPrompt) {
      early.push(time);
      counts = isOwn(time);
    }
    if (!counts) continue;
    if (isPrompt) prompts.push({ time, id: cursor.key, agent: agents[cursor.agent] ?? '' });
    else {
      addSpan(spans, time, end);
      for (let at = 0; at < runs.length; at += 2) spans.push({ start: runs[at] ?? 0, end: runs[at + 1] ?? 0 });
      if (cursor.model >= 0) addUse(rows, cursor);
    }
  }
  const times = prompts.map(({ time }) => time);
  return { prompts, turns: turnsOf(times, merged(spans)), uses: { models, rows }, early };
}

/** What stands before the first prompt goes with it. */
function firstCounts(activity: SessionActivity, began: number, isOwn: IsOwn): boolean {
  if (isOwn === ALL_OWN) return true;
  for (const cursor = new EntryCursor(activity); cursor.next() && cursor.time < began;) {
    if (cursor.isPrompt) return isOwn(cursor.time);
  }
  return true;
}

type Growing = { start: number; end: number };

/** Most answers begin where the one before ended. */
function addSpan(spans: Growing[], start: number, end: number): void {
  const last = spans.at(-1);
  if (last !== undefined && start >= last.start && start <= last.end) last.end = Math.max(last.end, end);
  else spans.push({ start, end });
}
