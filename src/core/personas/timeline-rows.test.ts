import { expect, it } from 'vitest';
import { NO_FLAGS } from '../model/message.ts';
import type { MessageRecord } from '../state/records.ts';
import type { SessionLabel } from './timeline-rows.ts';
import { timelineRows } from './timeline-rows.ts';

function message(id: string, sessionId: string, time: number): MessageRecord {
  const rest = {
    source: 'opencode',
    agent: 'build',
    role: 'user',
    text: id,
    flags: NO_FLAGS,
    injected: false,
    version: 'v',
  } as const;
  return { id, sessionId, time, ...rest };
}

const label: SessionLabel = (sessionId) => ({
  title: `T ${sessionId}`,
  projectName: 'shop',
  fork: sessionId.startsWith('fork'),
});

it('divides by day and by session', () => {
  const noon = Date.UTC(2026, 10, 20, 12);
  const messages = [
    message('a', 's1', noon),
    message('b', 's1', noon + 1),
    message('c', 's2', noon + 2),
    message('d', 's2', noon + 86_400_000),
  ];
  const kinds = timelineRows(messages, label, 'UTC').map((row) => (row.kind === 'message' ? row.id : row.kind));
  expect(kinds).toEqual(['day', 'session', 'a', 'b', 'session', 'c', 'day', 'session', 'd']);
});

it('takes the day of the reader’s time zone', () => {
  const late = Date.UTC(2026, 10, 20, 23, 30);
  const messages = [message('a', 's1', late), message('b', 's1', late + 3_600_000)];
  const days = (zone: string): number =>
    timelineRows(messages, label, zone).filter(({ kind }) => kind === 'day').length;
  expect(days('UTC')).toBe(2);
  expect(days('America/New_York')).toBe(1);
  expect(days('Asia/Kathmandu')).toBe(1);
});

it('gives every row a key of its own', () => {
  const messages = Array.from({ length: 50 }, (_, i) => message(`m${i}`, `s${i % 3}`, i * 40_000_000));
  const keys = timelineRows(messages, label, 'UTC').map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it('shows a message that forks copied once, and names the forks', () => {
  const said = (id: string, sessionId: string, time: number, text: string): MessageRecord => ({
    ...message(id, sessionId, time),
    text,
  });
  const messages = [
    said('a', 'fork1', 1, 'hello'),
    said('b', 's1', 1, 'hello'),
    said('c', 'fork2', 1, 'hello'),
    said('d', 's1', 2, 'hello'),
    said('e', 'fork1', 3, 'only in the fork'),
  ];
  const rows = timelineRows(messages, label, 'UTC').flatMap((row) =>
    row.kind === 'message' ? [[row.id, row.alsoIn]] : [],
  );
  expect(rows).toEqual([
    ['b', ['fork1', 'fork2']],
    ['d', []],
    ['e', []],
  ]);
});

it('shows a fork whose origin is gone once, whichever of its copies is left', () => {
  const messages = [message('a', 'fork1', 1), { ...message('a2', 'fork2', 1), text: 'a' }];
  expect(timelineRows(messages, label, 'UTC').filter(({ kind }) => kind === 'message')).toHaveLength(1);
});
