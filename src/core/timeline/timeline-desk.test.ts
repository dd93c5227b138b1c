import { expect, test } from 'vitest';
import type { CatalogRow } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import type { Axis } from './axis.ts';
import { buffersOf } from './axis.ts';
import type { Years } from './fixture-years.ts';
import { groupsOfYears, makeYears } from './fixture-years.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const BUILD = 'opencode:build';
const YEARS = makeYears({ sessions: 300, messages: 3_000, years: 1, now: NOW });

function open(years: Years = YEARS): Promise<Workspace> {
  return openWorkspace({
    store: new MemoryStore(groupsOfYears(years)),
    loadSqlJs: () => Promise.reject(new Error('no database is read')),
    now: () => NOW,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
}

async function axisOf(workspace: Workspace, moments = true): Promise<Axis> {
  const axis = await workspace.timelines.axis(BUILD, moments);
  if (axis === null) throw new Error('no such persona');
  return axis;
}

/** Years with their rows changed by hand. */
function withRows(change: (row: CatalogRow, at: number) => Partial<CatalogRow>, sessions = 4): Years {
  const made = makeYears({ sessions, messages: sessions, years: 1, now: NOW });
  const rows = made.rows.map((row, at) => ({
    ...row,
    parentSessionId: null,
    sessionType: 'user' as const,
    ...change(row, at),
  }));
  return { ...made, rows, times: [], messages: [], items: [] };
}

test('every session is on the axis, and every moment that is known', async () => {
  const axis = await axisOf(await open());
  expect(axis.sessions.starts).toHaveLength(300);
  expect(new Set(axis.bars.sessions)).toHaveLength(300);
  const known = YEARS.times.reduce(
    (sum, { userMessages, toolCalls }) => sum + new Set(userMessages).size + toolCalls.length,
    0,
  );
  expect(axis.ticks.times).toHaveLength(known);
  expect(axis.overview.reduce((sum, count) => sum + count, 0)).toBe(known);
  expect(axis.replies.times).toHaveLength(YEARS.messages.filter(({ role }) => role === 'assistant').length);
  expect(axis.marks.times).toHaveLength(YEARS.items.length);
});

test('without moments it is there from the catalog alone, and nothing moves to another track when they come', async () => {
  const workspace = await open();
  const early = await axisOf(workspace, false);
  const late = await axisOf(workspace);
  expect(early.complete).toBe(false);
  expect(early.ticks.times).toHaveLength(0);
  expect(early.sessions.tracks).toEqual(late.sessions.tracks);
});

test('tracks are sorted, and reach never falls', async () => {
  const { bars, gaps, ticks, replies, depths } = await axisOf(await open());
  for (let track = 0; track < depths.length; track += 1) {
    const part = (values: Float64Array, from: Uint32Array) => Array.from(values.slice(from[track], from[track + 1]));
    const sorted = [
      part(bars.starts, bars.from),
      part(bars.reach, bars.from),
      part(gaps.reach, gaps.from),
      part(ticks.times, ticks.from),
      part(replies.times, replies.from),
    ];
    for (const values of sorted) expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
});

test('a session that was taken up again has a bar for each time and a gap between them', async () => {
  const axis = await axisOf(await open());
  const gaps = [...axis.gaps.starts].map((start, at) => (axis.gaps.ends[at] ?? 0) - start);
  expect(gaps.length).toBeGreaterThan(0);
  expect(Math.min(...gaps)).toBeGreaterThan(DAY_MS);
  expect(axis.bars.starts).toHaveLength(300 + gaps.length);
});

test('sub-agents stand below the session that called them, in its lane', async () => {
  const axis = await axisOf(await open());
  const track = (id: string): number =>
    axis.sessions.tracks[YEARS.rows.findIndex(({ sessionId }) => sessionId === id)] ?? -1;
  const called = YEARS.rows.filter(({ parentSessionId }) => parentSessionId !== null);
  expect(called.length).toBeGreaterThan(20);
  for (const { sessionId, parentSessionId } of called) {
    const [own, parent] = [track(sessionId), track(parentSessionId ?? '')];
    expect(axis.depths[own]).toBe(1);
    expect(own - parent).toBeGreaterThan(0);
    expect(own - parent).toBeLessThanOrEqual(2);
  }
});

test('the most used project comes first, and every track has one lane', async () => {
  const { lanes, depths } = await axisOf(await open());
  const use = (path: string): number =>
    YEARS.rows.reduce((sum, row) => sum + (row.projectPath === path ? row.messageCount : 0), 0);
  expect(lanes.map(({ path }) => use(path))).toEqual(lanes.map(({ path }) => use(path)).toSorted((a, b) => b - a));
  expect(lanes.flatMap(({ firstTrack, tracks }) => Array.from({ length: tracks }, (_, at) => firstTrack + at))).toEqual(
    [...depths.keys()],
  );
});

test('sessions at one instant, ends before starts and clocks that are ahead are all there', async () => {
  const axis = await axisOf(
    await open(
      withRows((_, at) => {
        if (at < 2) return { startTime: NOW - DAY_MS, endTime: null };
        if (at === 2) return { startTime: NOW - DAY_MS, endTime: NOW - 2 * DAY_MS };
        return { startTime: NOW + DAY_MS, endTime: NOW + 2 * DAY_MS };
      }),
    ),
  );
  expect(axis.bars.starts).toHaveLength(4);
  expect([...axis.bars.ends].every((end, at) => end >= (axis.bars.starts[at] ?? 0))).toBe(true);
  expect(axis.first).toBe(NOW - 2 * DAY_MS);
  expect(axis.last).toBe(NOW + 2 * DAY_MS);
});

test('a persona without a session has an axis that can be drawn', async () => {
  const axis = await axisOf(await open({ rows: [], times: [], messages: [], items: [] }));
  expect(axis.lanes).toEqual([]);
  expect([axis.first, axis.last]).toEqual([NOW, NOW]);
  expect(axis.keptFrom).toBeNull();
});

test('sessions that are each other’s parents are on the axis', async () => {
  const axis = await axisOf(
    await open(withRows((_, at) => ({ parentSessionId: at < 2 ? `ses_00000${1 - at}` : null }))),
  );
  expect(axis.bars.starts).toHaveLength(4);
});

test('a place is told with its line of the conversation, the nearest to the time that was meant', async () => {
  const workspace = await open();
  const axis = await axisOf(workspace);
  const kept = YEARS.messages.at(-3);
  const session = YEARS.rows.findIndex(({ sessionId }) => sessionId === kept?.sessionId);
  const told = workspace.timelines.session(BUILD, axis.version, session, (kept?.time ?? 0) + 1);
  expect(told?.messageId).toBe(kept?.id);
  const rows = workspace.timeline(BUILD, 0, 10_000)?.rows ?? [];
  expect(rows[told?.row ?? -1]).toMatchObject({ kind: 'message', id: kept?.id });
});

test('a session that is not kept is told without a line', async () => {
  const workspace = await open();
  const axis = await axisOf(workspace);
  expect(workspace.timelines.session(BUILD, axis.version, 0, null)).toMatchObject({
    kept: 0,
    row: null,
    messageId: null,
  });
});

test('a mark leads to the words it stands for', async () => {
  const workspace = await open();
  const axis = await axisOf(workspace);
  const mark = workspace.timelines.mark(BUILD, axis.version, 0);
  const item = YEARS.items.find(({ name }) => name === mark?.name);
  expect(mark).toMatchObject({ kind: item?.kind, time: axis.marks.times[0], messageId: item?.evidence[0]?.messageId });
});

test('what another persona was told in a session of its own is no mark here, nor what was rejected', async () => {
  const [elsewhere, rejected, ...items] = YEARS.items;
  if (elsewhere === undefined || rejected === undefined) throw new Error('nothing is remembered');
  const evidence = elsewhere.evidence.map((each) => ({ ...each, sessionId: 'ses_of_another' }));
  const changed = [{ ...elsewhere, evidence }, { ...rejected, status: 'rejected' as const }, ...items];
  const axis = await axisOf(await open({ ...YEARS, items: changed }));
  expect(axis.marks.times).toHaveLength(items.length);
});

test('the table has every session once, newest first, sub-agents after the one that called them', async () => {
  const workspace = await open();
  const { version } = await axisOf(workspace);
  const pages = [0, 100, 200].map((offset) => workspace.timelines.sessions(BUILD, version, offset, 100));
  const rows = pages.flatMap((page) => page?.rows ?? []);
  expect(pages.map((page) => page?.total)).toEqual([300, 300, 300]);
  expect(new Set(rows.map(({ sessionId }) => sessionId))).toHaveLength(300);
  const starts = rows.filter(({ isSubagent }) => !isSubagent).map(({ start }) => start);
  expect(starts).toEqual(starts.toSorted((a, b) => b - a));
  const parents = new Map(YEARS.rows.map(({ sessionId, parentSessionId }) => [sessionId, parentSessionId]));
  const lastAbove = (at: number): string | undefined =>
    rows.slice(0, at).findLast(({ isSubagent }) => !isSubagent)?.sessionId;
  const called = [...rows.entries()].filter(([, { isSubagent }]) => isSubagent);
  expect(called.map(([at]) => lastAbove(at))).toEqual(called.map(([, { sessionId }]) => parents.get(sessionId)));
});

test('an older axis is not answered for', async () => {
  const workspace = await open();
  const { version } = await axisOf(workspace);
  await axisOf(workspace);
  expect(workspace.timelines.session(BUILD, version, 0, null)).toBeNull();
  expect(workspace.timelines.mark(BUILD, version, 0)).toBeNull();
  expect(workspace.timelines.sessions(BUILD, version, 0, 10)).toBeNull();
});

test('everything that is large is handed over, not copied', async () => {
  const axis = await axisOf(await open());
  const cloned = structuredClone(axis, { transfer: buffersOf(axis) });
  expect(cloned.ticks.times.length).toBeGreaterThan(0);
  expect(axis.ticks.times).toHaveLength(0);
  expect(axis.bars.reach).toHaveLength(0);
  expect(axis.overview).toHaveLength(0);
});
