/**
 * The queue: which sessions are to be extracted. Device-local, never in backups or on other devices.
 *
 * Contract:
 * - A session has one job at most. What is to be done is not in the job but in the ledger: a job says only where to look.
 * - All transitions are pure: they give the next queue, which its caller commits together with what it did.
 * - A job that failed is tried again after a wait that grows, `MOST_TRIES` times; then it waits for the person. Others go on.
 */
import * as v from 'valibot';
import type { Job, JobKind } from '../model/job.ts';
import { MOST_TRIES } from '../model/job.ts';

export const QUEUE_KEY = 'queue';
/** Of those that are done, the newest are kept to be looked at. */
const DONE_KEPT = 50;
/** After the first failure; four times as long after each further one. */
const FIRST_WAIT_MS = 2_000;
const WAIT_FACTOR = 4;
/** However long a server asks for. */
const LONGEST_WAIT_MS = 3_600_000;

export type Jobs = ReadonlyMap<string, Job>;

const job = v.object({
  id: v.string(),
  kind: v.picklist(['update', 'kept', 'archive']),
  source: v.picklist(['opencode', 'claude']),
  // what was running when the program ended is queued again
  state: v.picklist(['queued', 'done', 'failed']),
  messages: v.number(),
  tokens: v.number(),
  tries: v.number(),
  notBefore: v.nullable(v.number()),
  reason: v.nullable(v.string()),
  isWaiting: v.boolean(),
  queued: v.number(),
  stamp: v.string(),
});

const queue = v.object({ schema: v.literal(1), jobs: v.array(job) });

export function encodeQueue(jobs: Jobs): string {
  const rows = [...jobs.values()].map((each) => (each.state === 'running' ? { ...each, state: 'queued' } : each));
  return JSON.stringify({ schema: 1, jobs: rows });
}

/** Empty when it can't be read: the next import queues again what the ledger does not say is done. */
export function decodeQueue(text: string | undefined): Jobs {
  if (text === undefined) return new Map();
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), queue), text);
  return new Map(parsed.success ? parsed.output.jobs.map((each) => [each.id, each]) : []);
}

/** What is new takes the place of what is done or failed of the same session; what is queued keeps its place. */
export function withJobs(jobs: Jobs, fresh: readonly Job[]): Jobs {
  if (fresh.length === 0) return jobs;
  const next = new Map(jobs);
  for (const each of fresh) {
    const known = next.get(each.id);
    if (known !== undefined && isOpen(known)) {
      const { queued, tries, notBefore, reason } = known;
      next.set(each.id, { ...each, queued, tries, notBefore, reason });
      continue;
    }
    next.delete(each.id);
    next.set(each.id, each);
  }
  return withoutOldest(next);
}

export function changed(jobs: Jobs, id: string, change: Partial<Job>): Jobs {
  const known = jobs.get(id);
  return known === undefined ? jobs : new Map(jobs).set(id, { ...known, ...change });
}

export function finished(jobs: Jobs, id: string): Jobs {
  const known = jobs.get(id);
  if (known === undefined) return jobs;
  const next = new Map(jobs);
  next.delete(id);
  const end = { state: 'done', messages: 0, tokens: 0, notBefore: null, reason: null, isWaiting: false } as const;
  return withoutOldest(next.set(id, { ...known, ...end }));
}

/** One more try failed. */
export function failed(jobs: Jobs, id: string, reason: string, now: number, retryAfterMs: number | null = null): Jobs {
  const known = jobs.get(id);
  if (known === undefined) return jobs;
  const tries = known.tries + 1;
  if (tries >= MOST_TRIES) return changed(jobs, id, { state: 'failed', tries, reason, notBefore: null });
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(retryAfterMs ?? 0, FIRST_WAIT_MS * WAIT_FACTOR ** (tries - 1)));
  return changed(jobs, id, { state: 'queued', tries, reason, notBefore: now + wait });
}

/** By hand: from the first try on. */
export function retried(jobs: Jobs, id: string): Jobs {
  const again = { state: 'queued', tries: 0, notBefore: null, reason: null, isWaiting: false } as const;
  return changed(jobs, id, again);
}

export function without(jobs: Jobs, id: string): Jobs {
  const next = new Map(jobs);
  next.delete(id);
  return next;
}

/** Whether its wait is over. A clock that was set back makes no wait longer than any can be. */
export function isDue({ notBefore }: Job, now: number): boolean {
  return notBefore === null || notBefore <= now || notBefore > now + LONGEST_WAIT_MS;
}

export function isOpen({ state }: Job): boolean {
  return state === 'queued' || state === 'running';
}

/** What is to be done, in the order in which it is done: updates first, then what is kept, then the archive; oldest first. */
export function openJobs(jobs: Jobs): Job[] {
  return [...jobs.values()].filter(isOpen).sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

const ORDER: Readonly<Record<JobKind, number>> = { update: 0, kept: 1, archive: 2 };

function withoutOldest(jobs: Map<string, Job>): Jobs {
  const done = [...jobs.values()].filter(({ state }) => state === 'done');
  for (const { id } of done.slice(0, Math.max(0, done.length - DONE_KEPT))) jobs.delete(id);
  return jobs;
}
