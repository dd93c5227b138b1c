/** What one session adds to the accounts: its prompts, when its agents were at work, and what that took. */
import type { ActivityEntry, SessionActivity, Stretch, TokenUse } from '../model/activity.ts';
import { decodeEntries } from './entries.ts';
import { merged } from './stretches.ts';
import { turnsOf } from './turns.ts';

/** Uses within this long are added up: every local day begins and ends at a whole one. */
const SLOT_MS = 900_000;

export interface Prompt {
  readonly time: number;
  /** Of the message. */
  readonly id: string;
  readonly agent: string;
}

/** What a model took within a quarter of an hour. */
export interface UseSlot {
  readonly start: number;
  readonly use: TokenUse;
  readonly answers: number;
  readonly answersWithCost: number;
}

export interface SessionWork {
  /** By time. */
  readonly prompts: readonly Prompt[];
  /** By time. */
  readonly turns: readonly Stretch[];
  readonly uses: readonly UseSlot[];
  /** Entries from before the session began: a fork copies them. They are in none of the above. */
  readonly early: readonly ActivityEntry[];
}

/** @param began when its tool says the session began, ms */
export function sessionWork(activity: SessionActivity, began: number): SessionWork {
  const entries = decodeEntries(activity);
  const first = entries.findIndex(({ time }) => time >= began);
  if (first === 0) return workOf(entries);
  return {
    ...workOf(first === -1 ? [] : entries.slice(first)),
    early: first === -1 ? entries : entries.slice(0, first),
  };
}

/** @param entries by time */
export function workOf(entries: readonly ActivityEntry[]): SessionWork {
  const prompts: Prompt[] = [];
  const activity: Stretch[] = [];
  for (const { key, role, agent, time, end, runs } of entries) {
    if (role === 'user') prompts.push({ time, id: key, agent });
    else activity.push({ start: time, end }, ...runs);
  }
  const times = prompts.map(({ time }) => time);
  return { prompts, turns: turnsOf(times, merged(activity)), uses: slotsOf(entries), early: [] };
}

function slotsOf(entries: readonly ActivityEntry[]): UseSlot[] {
  const slots = new Map<string, UseSlot>();
  for (const { time, use } of entries) {
    if (use === null) continue;
    const start = Math.floor(time / SLOT_MS) * SLOT_MS;
    const key = `${start} ${use.model}`;
    const known = slots.get(key);
    const withCost = use.cost === null ? 0 : 1;
    slots.set(
      key,
      known === undefined
        ? { start, use, answers: 1, answersWithCost: withCost }
        : {
            start,
            use: added(known.use, use),
            answers: known.answers + 1,
            answersWithCost: known.answersWithCost + withCost,
          },
    );
  }
  return [...slots.values()];
}

/** Both together. A cost that is not known adds nothing: how many are known is counted beside. */
export function added(a: TokenUse, b: TokenUse): TokenUse {
  return {
    model: a.model,
    input: a.input + b.input,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    cost: a.cost === null || b.cost === null ? (a.cost ?? b.cost) : a.cost + b.cost,
  };
}
