import { ITEM_KINDS } from '../model/item.ts';
import type { Evidence, Item } from '../model/item.ts';
import type { Axis, AxisSessions, Lane } from './axis.ts';
import { TICK_KINDS } from './axis.ts';
import type { Member } from './members.ts';
import { spanOf } from './members.ts';
import type { Moments } from './moments.ts';
import { pack } from './pack.ts';
import type { SessionMoments, TrackSpan } from './spans.ts';
import { spansOf, ticksOf } from './spans.ts';
import { stretchesOf } from './stretches.ts';

/** Parts of the whole time that are counted for the overview. */
export const OVERVIEW_PARTS = 360;

export interface AxisInput {
  readonly version: number;
  readonly now: number;
  readonly keptFrom: number | null;
  readonly members: readonly Member[];
  /** By member; null: not read yet. */
  readonly moments: readonly Moments[] | null;
  readonly marks: readonly MarkSource[];
}

/** One piece of evidence, and what it is evidence of. */
export interface MarkSource {
  readonly item: Item;
  readonly evidence: Evidence;
}

export function buildAxis({ version, now, keptFrom, members, moments, marks }: AxisInput): Axis {
  const { laneNames, laneOf } = lanesOf(members);
  const spans = members.map(({ row }) => spanOf(row));
  const { tracks, depths, laneFrom } = pack(
    members.map(({ root }, at) => ({ ...(spans[at] ?? NEVER), lane: laneOf[at] ?? 0, root })),
    laneNames.length,
  );
  const { bars, gaps } = activity(spans, moments, tracks);
  const [first, last] = extent(spans, bars, marks, now);
  return {
    version,
    complete: moments !== null,
    now,
    first,
    last,
    keptFrom,
    lanes: laneNames.map((lane, at) => {
      const firstTrack = laneFrom[at] ?? 0;
      return { ...lane, firstTrack, tracks: (laneFrom[at + 1] ?? 0) - firstTrack };
    }),
    depths,
    sessions: sessionsOf(spans, tracks),
    bars: spansOf(bars, depths.length),
    gaps: spansOf(gaps, depths.length),
    ticks: ticksOf(
      (moments ?? []).map(({ times, kinds }, session) => ({ session, track: tracks[session] ?? 0, times, kinds })),
      depths.length,
    ),
    replies: ticksOf(repliesOf(moments ?? [], tracks), depths.length),
    marks: {
      times: Float64Array.from(marks, ({ evidence }) => evidence.time),
      kinds: Uint8Array.from(marks, ({ item }) => ITEM_KINDS.indexOf(item.kind)),
    },
    overview: overviewOf(first, last, moments, spans),
  };
}

const ASSISTANT = TICK_KINDS.indexOf('assistant');

function repliesOf(moments: readonly Moments[], tracks: Uint32Array): SessionMoments[] {
  return moments.map(({ replies }, session) => ({
    session,
    track: tracks[session] ?? 0,
    times: replies,
    kinds: new Uint8Array(replies.length).fill(ASSISTANT),
  }));
}

const NEVER = { start: 0, end: 0 };

type LaneName = Pick<Lane, 'path' | 'name' | 'sessions'>;

/** One lane a project, the most used first; sub-agents go with the session that called them. */
function lanesOf(members: readonly Member[]): { readonly laneNames: LaneName[]; readonly laneOf: number[] } {
  const use = new Map<string, { name: string; sessions: number; messages: number }>();
  const pathOf = ({ root }: Member): string => members[root]?.row.projectPath ?? '';
  for (const member of members) {
    const path = pathOf(member);
    const lane = use.get(path) ?? { name: members[member.root]?.row.projectName ?? '', sessions: 0, messages: 0 };
    lane.sessions += 1;
    lane.messages += member.row.messageCount;
    use.set(path, lane);
  }
  const sorted = [...use].sort(([a, x], [b, y]) => y.messages - x.messages || (a < b ? -1 : 1));
  const places = new Map(sorted.map(([path], at) => [path, at]));
  return {
    laneNames: sorted.map(([path, { name, sessions }]) => ({ path, name, sessions })),
    laneOf: members.map((member) => places.get(pathOf(member)) ?? 0),
  };
}

type Span = ReturnType<typeof spanOf>;

/** Where each session has a bar, and where only a line joins its bars. */
function activity(spans: readonly Span[], moments: readonly Moments[] | null, tracks: Uint32Array) {
  const bars: TrackSpan[] = [];
  const gaps: TrackSpan[] = [];
  for (const [session, span] of spans.entries()) {
    const track = tracks[session] ?? 0;
    const stretches = moments === null ? [span] : stretchesOf(span, allOf(moments[session]));
    for (const [at, stretch] of stretches.entries()) {
      bars.push({ ...stretch, track, session });
      const before = stretches[at - 1];
      if (before !== undefined) gaps.push({ start: before.end, end: stretch.start, track, session });
    }
  }
  return { bars, gaps };
}

function allOf(moments: Moments | undefined): Float64Array {
  if (moments === undefined) return new Float64Array();
  const { times, replies } = moments;
  return replies.length === 0 ? times : Float64Array.of(...times, ...replies).sort();
}

function extent(
  spans: readonly Span[],
  bars: readonly Span[],
  marks: readonly MarkSource[],
  now: number,
): [number, number] {
  let first = now;
  let last = now;
  for (const group of [spans, bars]) {
    for (const { start, end } of group) {
      first = Math.min(first, start);
      last = Math.max(last, end);
    }
  }
  for (const { evidence } of marks) {
    first = Math.min(first, evidence.time);
    last = Math.max(last, evidence.time);
  }
  return [first, last];
}

function sessionsOf(spans: readonly Span[], tracks: Uint32Array): AxisSessions {
  return {
    starts: Float64Array.from(spans, ({ start }) => start),
    ends: Float64Array.from(spans, ({ end }) => end),
    tracks,
  };
}

/** Moments in each part; as long as they are not known, the starts of sessions. */
function overviewOf(
  first: number,
  last: number,
  moments: readonly Moments[] | null,
  spans: readonly Span[],
): Float64Array {
  const parts = new Float64Array(OVERVIEW_PARTS);
  const scale = last > first ? OVERVIEW_PARTS / (last - first) : 0;
  const count = (time: number): void => {
    const part = Math.min(OVERVIEW_PARTS - 1, Math.max(0, Math.floor((time - first) * scale)));
    parts[part] = (parts[part] ?? 0) + 1;
  };
  for (const [session, { start }] of spans.entries()) {
    const known = moments?.[session];
    if (known === undefined || known.times.length === 0) count(start);
    else for (const time of known.times) count(time);
  }
  return parts;
}
