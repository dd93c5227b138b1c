/** What happened in a window of time, made to be read by a person's agent. */
import type { AgentSession, SessionTimes } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import type { SessionEvent } from './events.ts';
import { byTime, eventsOf } from './events.ts';

const MINUTE_MS = 60_000;

/** Silences longer than this are gaps, unless something else is asked for. */
export const DEFAULT_GAP_MINUTES = 30;

export interface ContextWindow {
  /** ms; events at these very moments belong to it */
  readonly start: number;
  readonly end: number;
  /** Silences longer than this many minutes are gaps. */
  readonly gapMinutes: number;
}

/** The days up to `now` (ms); may be a fraction. */
export function lastDays(days: number, now: number): ContextWindow {
  return { start: now - days * DAY_MS, end: now, gapMinutes: DEFAULT_GAP_MINUTES };
}

export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly minutes: number;
}

export interface ProjectShare {
  readonly projectPath: string;
  readonly projectName: string;
  readonly sessions: number;
  readonly events: number;
}

export interface Context {
  readonly start: number;
  readonly end: number;
  /** Sessions that touch the window, newest first. */
  readonly sessions: readonly AgentSession[];
  /** Events inside the window, oldest first. */
  readonly events: readonly SessionEvent[];
  readonly gaps: readonly Gap[];
  /** Busiest first. */
  readonly projects: readonly ProjectShare[];
}

/** Whether a session went on at any moment of the window. */
export function touches(
  { startTime, endTime }: AgentSession,
  { start, end }: Pick<ContextWindow, 'start' | 'end'>,
): boolean {
  return startTime <= end && (endTime ?? startTime) >= start;
}

export function contextOf(
  sessions: Iterable<AgentSession>,
  timesOf: (sessionId: string) => SessionTimes | undefined,
  window: ContextWindow,
): Context {
  const { start, end } = window;
  const touching = [...sessions].filter((session) => touches(session, window));
  touching.sort((a, b) => b.startTime - a.startTime || (a.sessionId < b.sessionId ? -1 : 1));
  const events = touching
    .flatMap((session) => eventsOf(session, timesOf(session.sessionId)))
    .filter(({ time }) => time >= start && time <= end)
    .sort(byTime);
  return {
    start,
    end,
    sessions: touching,
    events,
    gaps: gapsIn(events, window),
    projects: projectsOf(touching, events),
  };
}

/** Silences between two events of any session; before the first and after the last nothing is known. */
function gapsIn(events: readonly SessionEvent[], { gapMinutes }: ContextWindow): Gap[] {
  const gaps: Gap[] = [];
  for (const [i, event] of events.entries()) {
    const before = events[i - 1];
    if (before === undefined) continue;
    const minutes = (event.time - before.time) / MINUTE_MS;
    if (minutes > gapMinutes) gaps.push({ start: before.time, end: event.time, minutes });
  }
  return gaps;
}

function projectsOf(sessions: readonly AgentSession[], events: readonly SessionEvent[]): ProjectShare[] {
  const shares = new Map<string, { projectPath: string; projectName: string; sessions: number; events: number }>();
  for (const { projectPath, projectName } of sessions) {
    const share = shares.get(projectPath) ?? { projectPath, projectName, sessions: 0, events: 0 };
    share.sessions += 1;
    shares.set(projectPath, share);
  }
  for (const { projectPath } of events) {
    const share = shares.get(projectPath);
    if (share !== undefined) share.events += 1;
  }
  return [...shares.values()].sort((a, b) => b.events - a.events || (a.projectPath < b.projectPath ? -1 : 1));
}
