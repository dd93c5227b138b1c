/** A range of time accounted for: days that add up to it, whatever the clocks did meanwhile. */
import type { ActivityDay, ActivityQuery, ActivityReport, TimeKind } from '../model/activity-views.ts';
import { DEFAULT_OWN_WINDOW } from '../model/activity-views.ts';
import type { Accounts, AgentInterval, Conversation } from './accounts.ts';
import { groupOf } from './accounts.ts';
import type { LocalDay, LocalHour, LocalTime } from './local-days.ts';
import { ownEnd } from './own-time.ts';
import { parallelSteps, peaksOf } from './parallel.ts';
import type { Prompt } from './session-work.ts';
import type { Sums } from './shares.ts';
import { GroupSums } from './shares.ts';
import { modelsIn } from './use-rows.ts';

const MINUTE_MS = 60_000;
const HOURS_OF_WEEK = 168;

/** A piece of own or agent time inside the range. */
export interface Piece {
  readonly kind: TimeKind;
  readonly start: number;
  readonly end: number;
  readonly conversation: Conversation;
  readonly prompt: Prompt | null;
  /** Of the agents’; null for own time. */
  readonly interval: AgentInterval | null;
}

/** Every piece of a kind that lies in the range, cut to it, by start. */
export function* piecesIn(accounts: Accounts, query: ActivityQuery, kind: TimeKind): Generator<Piece> {
  const { from, to } = query;
  if (kind === 'agent') {
    for (const interval of accounts.intervals) {
      if (interval.start >= to) return;
      const [start, end] = [Math.max(from, interval.start), Math.min(to, interval.end)];
      const { conversation, prompt } = interval;
      if (end > start) yield { kind, start, end, conversation, prompt, interval };
    }
    return;
  }
  const times = accounts.prompts.map(({ prompt }) => prompt.time);
  const windowMs = windowOf(query) * MINUTE_MS;
  for (const [at, { prompt, conversation }] of accounts.prompts.entries()) {
    if (prompt.time >= to) return;
    const [start, end] = [Math.max(from, prompt.time), Math.min(to, ownEnd(times, at, windowMs))];
    if (end > start) yield { kind, start, end, conversation, prompt, interval: null };
  }
}

export function windowOf({ window }: ActivityQuery): number {
  return window ?? DEFAULT_OWN_WINDOW;
}

/** @param unread sessions whose times are not known */
export function reportOf(accounts: Accounts, query: ActivityQuery, time: LocalTime, unread: number): ActivityReport {
  const { from, to, by = 'project' } = query;
  const days = time.daysIn(from, to);
  const sums = days.map(() => new GroupSums());
  const whole = new GroupSums();
  const hours = { own: zeros(HOURS_OF_WEEK), agent: zeros(HOURS_OF_WEEK) };
  const clock = new HoursOfDays(days, time);
  for (const kind of ['own', 'agent'] as const) {
    for (const piece of piecesIn(accounts, query, kind)) {
      const group = groupOf(piece.conversation, piece.prompt, by);
      const name = by === 'project' ? piece.conversation.row.projectName : group;
      addTo(whole.all, whole.of(group, name), piece, piece.start, piece.end);
      clock.eachDay(piece, (day, start, end) => {
        const inDay = sums[day];
        if (inDay !== undefined) addTo(inDay.all, inDay.of(group, name), piece, start, end);
        clock.eachHour(day, start, end, (hour, ms) => (hours[kind][hour] = (hours[kind][hour] ?? 0) + ms));
      });
    }
  }
  const peaks = peaksOf(accounts.intervals, days);
  return {
    from,
    to,
    window: windowOf(query),
    by,
    days: days.map((day, at) => toDay(day, sums[at] ?? new GroupSums(), peaks[at] ?? 0)),
    groups: whole.shares(),
    totals: { ...whole.all.share(), prompts: promptsIn(accounts, query) },
    hours,
    parallel: parallelSteps(accounts.intervals, from, to),
    models: modelsIn(accounts.uses, from, to),
    unread,
  };
}

function addTo(all: Sums, group: Sums, { conversation, interval }: Piece, start: number, end: number): void {
  for (const sums of [all, group]) {
    if (interval === null) sums.addOwn(conversation, end - start);
    else sums.addAgent(conversation, start, end);
  }
}

function toDay(day: LocalDay, sums: GroupSums, peak: number): ActivityDay {
  return { ...day, ...sums.all.share(), peak, groups: sums.shares() };
}

/** Cuts stretches of time where days and hours of the clock end. */
class HoursOfDays {
  readonly #days: readonly LocalDay[];
  readonly #time: LocalTime;
  readonly #hours: (readonly LocalHour[] | undefined)[] = [];
  #first = 0;

  constructor(days: readonly LocalDay[], time: LocalTime) {
    this.#days = days;
    this.#time = time;
  }

  eachDay({ start, end }: Piece, tell: (day: number, start: number, end: number) => void): void {
    // pieces come by start, mostly of the same day as the one before
    while (this.#first > 0 && (this.#days[this.#first]?.start ?? Infinity) > start) this.#first -= 1;
    while ((this.#days[this.#first]?.end ?? Infinity) <= start) this.#first += 1;
    for (let at = this.#first; ; at++) {
      const day = this.#days[at];
      if (day === undefined || day.start >= end) return;
      const [from, to] = [Math.max(start, day.start), Math.min(end, day.end)];
      if (to > from) tell(at, from, to);
    }
  }

  eachHour(at: number, start: number, end: number, tell: (hour: number, ms: number) => void): void {
    const day = this.#days[at];
    if (day === undefined) return;
    const hours = (this.#hours[at] ??= this.#time.hoursOf(day));
    for (const hour of hours) {
      if (hour.start >= end) return;
      const ms = Math.min(end, hour.end) - Math.max(start, hour.start);
      if (ms > 0) tell(hour.hourOfWeek, ms);
    }
  }
}

function promptsIn({ prompts }: Accounts, { from, to }: ActivityQuery): number {
  return prompts.reduce((count, { prompt: { time } }) => (time >= from && time < to ? count + 1 : count), 0);
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
