import { expect, test } from 'vitest';
import type { Evidence, Item } from '../model/item.ts';
import { itemId } from '../model/item.ts';
import { topTopics } from './top-topics.ts';

function topic(name: string, times: readonly number[], more: Partial<Item> = {}): Item {
  const evidence = times.map((time): Evidence => {
    const place = { sessionId: 's', messageId: `m${time}`, start: 0, end: 1, hash: '', text: 'x' };
    return { source: 'opencode', ...place, time };
  });
  return {
    id: itemId('topic', name),
    kind: 'topic',
    name,
    description: '',
    subject: null,
    aliases: [],
    learnedBy: ['opencode:build'],
    evidence,
    status: 'proposed',
    supersededBy: null,
    corrected: false,
    refused: [],
    created: 0,
    updated: 0,
    ...more,
  };
}

test('those with most evidence come first, of equal ones the newest, and no more than three', () => {
  const topics = topTopics([
    topic('once', [9]),
    topic('often', [1, 2, 3]),
    topic('twice', [1, 2]),
    topic('lately', [3, 8]),
  ]);
  expect(topics.get('opencode:build')).toEqual(['often', 'lately', 'twice']);
});

test('what was rejected, stands for another or is no topic is none, and each persona has its own', () => {
  const topics = topTopics([
    topic('no', [1], { status: 'rejected' }),
    topic('other', [1], { status: 'superseded' }),
    topic('a fact', [1], { kind: 'fact' }),
    topic('of plan', [1], { learnedBy: ['opencode:plan'] }),
  ]);
  expect([...topics]).toEqual([['opencode:plan', ['of plan']]]);
});
