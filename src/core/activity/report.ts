/** A range of time accounted for: days that add up to it, whatever the clocks did meanwhile. */
import { projectName } from '../catalog/project-name.ts';
import type {
  ActivityDay,
  ActivityGrouping,
  ActivityQuery,
  ActivityReport,
  ModelUse,
  TimeKind,
} from '../model/activity-views.ts';
import { DEFAULT_OWN_WINDOW } from '../model/activity-views.ts';
import type { Accounts, AgentInterval, Conversation } from './accounts.ts';
import { groupOf } from './accounts.ts';
import type { LocalDay, LocalHour, LocalTime } from './local-days.ts';
import { ownEnd } from './own-time.ts';
import { parallelSteps, peaksOf } from './parallel.ts';
import type { Prompt, UseSlot } from './session-work.ts';
import { added } from './session-work.ts';
import { GroupSums } from './shares.ts';

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
      addTo(whole, group, piece, piece.start, piece.end);
      clock.eachDay(piece, (day, start, end) => {
        const inDay = sums[day];
        if (inDay !== undefined) addTo(inDay, group, piece, start, end);
        clock.eachHour(day, start, end, (hour, ms) => (hours[kind][hour] = (hours[kind][hour] ?? 0) + ms));
      });
    }
  }
  const names = nameIn(accounts, by);
  const peaks = peaksOf(accounts.intervals, days);
  return {
    from,
    to,
    window: windowOf(query),
    by,
    days: days.map((day, at) => toDay(day, sums[at] ?? new GroupSums(), peaks[at] ?? 0, names)),
    groups: whole.shares(names),
    totals: { ...whole.all.share(), prompts: promptsIn(accounts, query) },
    hours,
    parallel: parallelSteps(accounts.intervals, from, to),
    models: modelsIn(accounts.uses, query),
    unread,
  };
}

function addTo(sums: GroupSums, group: string, piece: Piece, start: number, end: number): void {
  for (const each of [sums.all, sums.of(group)]) {
    if (piece.interval === null) each.addOwn(piece.conversation, end - start);
    else each.addAgent(piece.interval, start, end);
  }
}

function toDay(day: LocalDay, sums: GroupSums, peak: number, names: (key: string) => string): ActivityDay {
  return { ...day, ...sums.all.share(), peak, groups: sums.shares(names) };
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

function modelsIn(uses: readonly UseSlot[], { from, to }: ActivityQuery): ModelUse[] {
  const models = new Map<string, ModelUse>();
  for (const { start, use, answers, answersWithCost } of uses) {
    if (start < from || start >= to) continue;
    const known = models.get(use.model);
    models.set(
      use.model,
      known === undefined
        ? { ...use, answers, answersWithCost }
        : {
            ...added(known, use),
            answers: known.answers + answers,
            answersWithCost: known.answersWithCost + answersWithCost,
          },
    );
  }
  return [...models.values()].sort((a, b) => tokensOf(b) - tokensOf(a) || (a.model < b.model ? -1 : 1));
}

/** What was sent and what came back; what was read from a cache is not sent again. */
function tokensOf({ input, output, reasoning, cacheWrite }: ModelUse): number {
  return input + output + reasoning + cacheWrite;
}

/** How a group is called. */
function nameIn({ intervals, prompts }: Accounts, by: ActivityGrouping): (key: string) => string {
  if (by !== 'project') return (key) => key;
  const names = new Map<string, string>();
  for (const { conversation } of [...intervals, ...prompts]) {
    const { projectPath, projectName: name } = conversation.row;
    if (!names.has(projectPath)) names.set(projectPath, name);
  }
  return (key) => names.get(key) ?? projectName(key);
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
