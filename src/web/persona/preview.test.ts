import fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewOf } from './preview.ts';

test('a short text is shown whole', () => {
  expect(previewOf('a\nb')).toBe('a\nb');
});

test('a text a little longer than the limit is shown whole: opening it would show next to nothing', () => {
  const text = 'x'.repeat(1_300);
  expect(previewOf(text)).toBe(text);
});

test('many short lines are cut too', () => {
  const text = Array.from({ length: 200 }, (_, at) => `line ${at}`).join('\n');
  expect(previewOf(text).split('\n')).toHaveLength(24);
});

test('a preview is the head of its text, bounded, and ends with a whole character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (unit, times) => {
      const text = unit.repeat(times);
      const preview = previewOf(text);
      expect(text.startsWith(preview)).toBe(true);
      expect(preview.length).toBeLessThanOrEqual(1_500);
      expect(endsInsidePair(text, preview.length)).toBe(false);
    }),
  );
});

/** Whether the text is cut between the two halves of one character. */
function endsInsidePair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]$/.test(text.slice(0, at)) && /^[\uDC00-\uDFFF]/.test(text.slice(at));
}
