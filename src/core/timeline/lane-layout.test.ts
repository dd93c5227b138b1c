import { expect, test } from 'vitest';
import { heightOf, layOutLanes, trackAt } from './lane-layout.ts';

const SIZES = { title: 0, session: 10, subagent: 4, gap: 2, padding: 6 };
const AXIS = {
  lanes: [
    { path: '/a', name: 'a', sessions: 9, firstTrack: 0, tracks: 2 },
    { path: '/b', name: 'b', sessions: 3, firstTrack: 2, tracks: 1 },
    { path: '/c', name: 'c', sessions: 1, firstTrack: 3, tracks: 1 },
  ],
  depths: Uint8Array.of(0, 1, 0, 0),
};

test('lanes stand below each other, sub-agents thinner, and only as many as are asked for', () => {
  const places = layOutLanes(AXIS, 2, SIZES);
  expect(places).toEqual([
    {
      lane: 0,
      top: 0,
      height: 28,
      tracks: [
        { track: 0, top: 6, height: 10 },
        { track: 1, top: 18, height: 4 },
      ],
    },
    { lane: 1, top: 28, height: 22, tracks: [{ track: 2, top: 34, height: 10 }] },
  ]);
  expect(heightOf(places)).toBe(50);
  expect(heightOf([])).toBe(0);
});

test('a name above takes its room', () => {
  expect(layOutLanes(AXIS, 1, { ...SIZES, title: 14 })[0]?.tracks[0]?.top).toBe(20);
});

test('between tracks the nearest is meant, and beyond the lanes none', () => {
  const places = layOutLanes(AXIS, 2, SIZES);
  const at = (y: number): number | undefined => trackAt(places, y)?.track;
  expect([0, 10, 16.5, 17.5, 27, 28, 49].map(at)).toEqual([0, 0, 0, 1, 1, 2, 2]);
  expect([-1, 50, 400].map(at)).toEqual([undefined, undefined, undefined]);
});
