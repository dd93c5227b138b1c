/** Code words and addresses inside sentences. */
import type { Span } from '../model/span.ts';
import { united } from '../model/span.ts';

const CODE = /(?<!`)(`{1,4})(?!`)[^`\n](?:[^\n]{0,500}?[^`\n])??\1(?!`)/g;
const ADDRESS = /\b(?:https?|ftp|file|ssh|git|wss?):\/\/[^\s<>"'`]+|\bwww\.[^\s<>"'`]+/g;

export function inlineSpans(text: string): Span[] {
  const code = [...text.matchAll(CODE)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  const addresses = [...text.matchAll(ADDRESS)].map(({ index, 0: address }) => ({
    start: index,
    // the full stop after it ends the sentence
    end: index + address.replace(/[.,;:!?)\]]+$/, '').length,
  }));
  return united([...code, ...addresses]);
}
