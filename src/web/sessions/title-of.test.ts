import { expect, test } from 'vitest';
import { titleOf } from './title-of.ts';

test.each([
  ['Fix the login', 'Fix the login'],
  ['', 'Untitled session'],
  [' \n', 'Untitled session'],
])('a session whose title is %j is called %j', (summary, title) => {
  expect(titleOf({ summary })).toBe(title);
});
