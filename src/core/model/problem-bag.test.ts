import { expect, it } from 'vitest';
import { problem } from './problem.ts';
import { ProblemBag } from './problem-bag.ts';

it('tells the first one by one and counts the rest by kind, those that stand for several as such', () => {
  const bag = new ProblemBag(2);
  const row = (name: string) => problem('bad-json', 'skipped', 'a.db', `Row ${name}`, { row: name, lost: 'message' });
  bag.addAll([
    row('1'),
    row('2'),
    row('3'),
    { ...row('4'), count: 7 },
    problem('damaged-page', 'skipped', 'a.db', 'Page'),
  ]);
  expect(bag.all().map(({ message, row: name, count, lost }) => [message, name, count, lost])).toEqual([
    ['Row 1', '1', undefined, 'message'],
    ['Row 2', '2', undefined, 'message'],
    ['And 8 more like these.', null, 8, 'message'],
    ['And 1 more like these.', null, 1, undefined],
  ]);
});
