/** What a tool gives fits a conversation: long lists come in pages, long texts are cut and say so. */
import * as v from 'valibot';
import { redact } from '../../core/redact/redact.ts';
import { plain } from '../text.ts';
import type { ArgumentSchema } from './tool.ts';

/** Rows to skip. */
export const Offset = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);

/** How many rows, when nothing is said, and at most. */
export function limitOf(usual: number, most: number) {
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most)), usual);
}

/** {@link Offset} and {@link limitOf} as a client is told of them. */
export function pageArguments(usual: number, most: number): { limit: ArgumentSchema; offset: ArgumentSchema } {
  return {
    limit: { type: 'integer', minimum: 1, maximum: most, default: usual, description: 'How many at most.' },
    offset: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description: 'How many to skip: `next_offset` of the page before.',
    },
  };
}

/** Where the next page begins, null after the last. */
export function nextOffset(offset: number, given: number, total: number): number | null {
  return given > 0 && offset + given < total ? offset + given : null;
}

/** What a page may take of a conversation, in characters of JSON. */
const LONGEST_PAGE = 40_000;

/** Said in every description. */
export const PAGE_WORDS = `${LONGEST_PAGE.toLocaleString('en-US')} characters`;

/** As many of these as fit a page, one at least. */
export function fittingPage<T>(rows: readonly T[]): T[] {
  let characters = 0;
  const end = rows.findIndex((row) => (characters += JSON.stringify(row).length) > LONGEST_PAGE);
  return end === -1 ? [...rows] : rows.slice(0, Math.max(1, end));
}

/** A text for an agent: secrets redacted, no control characters, at most so many characters and then `…`. */
export function clipped(text: string, most: number): string {
  const safe = plain(redact(text).text);
  return safe.length <= most ? safe : `${safe.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** JSON Schema of a list of things and what goes with a page of it. */
export function pageSchema(name: string): Record<string, Record<string, unknown>> {
  return {
    total: { type: 'integer', description: 'How many there are in all.' },
    [name]: { type: 'array', items: { type: 'object' } },
    next_offset: {
      type: ['integer', 'null'],
      description: 'Pass it as `offset` for the next page; null after the last.',
    },
  };
}
