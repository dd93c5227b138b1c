/**
 * What the time axis of a persona is drawn from: numbers in typed arrays, which go from the worker to the page without being
 * copied. Times are ms since 1970. A session is named by its place in the order of start.
 */
import type { ItemKind } from '../model/item.ts';
import { ITEM_KINDS } from '../model/item.ts';

/** Intervals of many tracks: track by track, each track's by start. */
export interface Spans {
  /** Where each track's begin: one number more than there are tracks. */
  readonly from: Uint32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** The latest end of an interval and of all before it in its track: never falls, so that it can be searched. */
  readonly reach: Float64Array;
  readonly sessions: Uint32Array;
}

/** Moments of many tracks: track by track, each track's by time. */
export interface Ticks {
  readonly from: Uint32Array;
  readonly times: Float64Array;
  /** Places in {@link TICK_KINDS}. */
  readonly kinds: Uint8Array;
  readonly sessions: Uint32Array;
}

/** What a moment is of: a person's message, an agent's, a tool call. */
export const TICK_KINDS = ['human', 'assistant', 'tool'] as const;
export type TickKind = (typeof TICK_KINDS)[number];

/** Words that something remembered comes from, by time. */
export interface Marks {
  readonly times: Float64Array;
  /** Places in `ITEM_KINDS`. */
  readonly kinds: Uint8Array;
}

/** The sessions of one project: some tracks, one below the other. */
export interface Lane {
  readonly path: string;
  readonly name: string;
  readonly sessions: number;
  readonly firstTrack: number;
  readonly tracks: number;
}

export interface AxisSessions {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly tracks: Uint32Array;
}

export interface Axis {
  /** What is asked about the axis names it by this: there may be a newer one meanwhile. */
  readonly version: number;
  /** Whether the moments are there; without them a session is one bar from its start to its end. */
  readonly complete: boolean;
  /** When it was made. */
  readonly now: number;
  /** From the first session to now, or to the last one where that is later. */
  readonly first: number;
  readonly last: number;
  /** The oldest message that is kept for good; null when none is. */
  readonly keptFrom: number | null;
  /** The most used project first. */
  readonly lanes: readonly Lane[];
  /** By track: 0 is for sessions, 1 for the sub-agents of the track above. */
  readonly depths: Uint8Array;
  readonly sessions: AxisSessions;
  /** Stretches of activity. */
  readonly bars: Spans;
  /** Silences of more than a day between the stretches of a session. */
  readonly gaps: Spans;
  /** Prompts and tool calls, of the whole history: what density is counted from. */
  readonly ticks: Ticks;
  /** When an agent spoke: known of what is kept alone. */
  readonly replies: Ticks;
  readonly marks: Marks;
  /** How much happened in each of equal parts of the whole time. */
  readonly overview: Float64Array;
}

/** What can be handed over instead of copied. */
export function buffersOf({ depths, sessions, bars, gaps, ticks, replies, marks, overview }: Axis): ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [depths, overview];
  for (const group of [sessions, bars, gaps, ticks, replies, marks]) {
    arrays.push(...Object.values<ArrayBufferView>({ ...group }));
  }
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

export function markKind(axis: Axis, mark: number): ItemKind {
  return ITEM_KINDS[axis.marks.kinds[mark] ?? 0] ?? 'fact';
}

export function tickKind(ticks: Ticks, tick: number): TickKind {
  return TICK_KINDS[ticks.kinds[tick] ?? 0] ?? 'human';
}
