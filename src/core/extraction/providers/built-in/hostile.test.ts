/**
 * Texts that make careless expressions try everything. A rule whose time grows faster than its text would need minutes or
 * years for these: the limit of the test run is what fails then.
 */
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../../chunks.ts';
import { messageOf } from './fixture-read.ts';
import { readMessage } from './read-message.ts';

const MEGABYTE = 1_000_000;

/** As the product gives a long message: in pieces. */
function readPieces(text: string): number {
  let pieces = 0;
  for (const { parts } of chunksOf([{ sessionId: 's', messages: [{ ...messageOf(text), purpose: 'analyse' }] }]))
    for (const part of parts) {
      readMessage(part.message, part);
      pieces += 1;
    }
  return pieces;
}

/** What is looked for in whole messages is tried on all of it; what is looked for in a statement needs no more than many. */
const WHOLE = new Set(['one word', 'spaces', 'quotation marks', 'brackets', 'lines', 'names and commas']);

describe('a hostile text is read to its end', () => {
  it.each([
    ['one word', 'a'],
    ['spaces', ' '],
    ['words without a full stop', 'really '],
    ['adverbs after I', 'I really really really '],
    ['capitals', 'Aa Bb '],
    ['quotation marks', '" '],
    ['single quotation marks', "'a "],
    ['apostrophes', "a'a'"],
    ['brackets', '(('],
    ['commas', 'my, our, '],
    ['lines', 'I am a\n'],
    ['empty lines', '\n\n'],
    ['colons', 'the rule: '],
    ['names and commas', 'Nora, our Piotr, '],
    ['full stops', '. . '],
    ['digits', '1.1.'],
    ['hyphens', 'a-b-'],
    ['slashes', 'a/b/'],
    ['code words', '`a` I use '],
    ['questions', 'why? '],
    ['tools', 'React, Redis and Go; '],
    ['list items', '- never use tabs\n'],
    ['no script of words', '。、'],
    ['letters beyond the basic plane', '𝒜 '],
  ])('%s', (name, unit) => {
    const size = WHOLE.has(name) ? MEGABYTE : MEGABYTE / 10;
    expect(readPieces(unit.repeat(Math.floor(size / unit.length)))).toBeGreaterThan(0);
  });
});
