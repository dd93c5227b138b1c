import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filterWord, withFilterWord } from './filter-words.ts';
import { parseQuery } from './query.ts';

it('a filter is put in, changed and taken out of the text', () => {
  const one = withFilterWord('wal mode', 'tool', 'claude');
  expect(one).toBe('wal mode tool:claude');
  expect(withFilterWord(one, 'tool', 'opencode')).toBe('wal mode tool:opencode');
  expect(withFilterWord(one, 'tool', '')).toBe('wal mode');
  expect(withFilterWord('project:shop', 'project', 'My Shop')).toBe('project:"My Shop"');
  expect(filterWord('a project:"My Shop" b', 'project')).toBe('My Shop');
  expect(filterWord('xtool:claude', 'tool')).toBe('');
});

it('what is put in is what the query then asks for, and the words stay', () => {
  const words = fc.array(fc.constantFrom('wal', '"a b"', 'role:user', 'project:old', 'x:y', 'tool:'), { maxLength: 5 });
  const value = fc.array(fc.constantFrom('a', 'B', '/', ' ', '-', ':', 'é'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(words, value, (typed, signs) => {
      const text = typed.join(' ');
      const wanted = signs.join('').trim();
      const next = withFilterWord(text, 'project', wanted);
      expect(filterWord(next, 'project')).toBe(wanted);
      expect(parseQuery(next, 'UTC').filters.project).toBe(wanted === '' ? null : wanted);
      expect(parseQuery(`${next} `, 'UTC').terms).toEqual(parseQuery(`${text} `, 'UTC').terms);
    }),
  );
});
