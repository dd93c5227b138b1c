import { expect, it } from 'vitest';
import type { Score } from './score.ts';
import { sectionOf } from './section.ts';

const SPEED = { messages: 10, characters: 1000, ms: 5, chunks: 1, longest: 4.2 };

function score(matched: number, wrong: number): Score {
  const none = { matched: 0, wrong: 0, expected: 0 };
  return {
    kinds: { fact: { matched, wrong, expected: 10 }, trait: none, person: none, topic: none },
    subjects: { right: 1, of: 2 },
  };
}

it('tells the figures of each half, and whether the unseen one meets the target', () => {
  const text = sectionOf([{ half: 'unseen', messages: 3, score: score(6, 0) }], SPEED);
  expect(text).toContain('| facts                    |      1.00 |   0.60 |     6 |     0 |          10 |');
  expect(text).toContain('| traits                   |         - |      - |     0 |     0 |           0 |');
  expect(text).toContain('The target is met.');
  expect(sectionOf([{ half: 'unseen', messages: 3, score: score(6, 2) }], SPEED)).toContain('**not met**');
  expect(sectionOf([{ half: 'unseen', messages: 3, score: score(4, 0) }], SPEED)).toContain('**not met**');
});
