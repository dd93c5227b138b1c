/** The filters of a query, as the words they are in its text: so that a choice on the screen and what is typed are one. */
import type { SearchFilters } from '../model/search-views.ts';

export type FilterKey = keyof SearchFilters | 'in';

/** What stands behind `key:`; '' when it is not there. The last one counts. */
export function filterWord(text: string, key: FilterKey): string {
  const [, quoted, bare] = [...text.matchAll(wordsOf(key))].at(-1) ?? [];
  return quoted ?? bare ?? '';
}

/** The text with `key:value` in it, and no other word of that key. @param value '' takes it out */
export function withFilterWord(text: string, key: FilterKey, value: string): string {
  const rest = text.replaceAll(wordsOf(key), ' ').replaceAll(/ +/g, ' ').trim();
  if (value === '') return rest;
  const plain = value.replaceAll(/["“”„]/g, '');
  const word = /\s/.test(plain) ? `${key}:"${plain}"` : `${key}:${plain}`;
  return rest === '' ? word : `${rest} ${word}`;
}

function wordsOf(key: FilterKey): RegExp {
  return new RegExp(`(?<=^|\\s)${key}:(?:"([^"]*)(?:"|$)|(\\S*))`, 'gi');
}
