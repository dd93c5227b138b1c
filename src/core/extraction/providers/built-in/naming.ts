/** Short names for what was said: "prefers pnpm over npm" for "I prefer pnpm over npm, it is faster". */
import { foldSpaces } from '../../../model/item.ts';
import type { Span } from '../../../model/span.ts';
import type { Clause } from './clauses.ts';
import type { Statement } from './statement.ts';

const NAME_UNITS = 90;
/** What follows asks for something now and is no part of what is so. */
const ASKS =
  /(?:[,;]|\s[-–—])\s*(?:(?:so|and|hence|therefore|but|then)\s+)?(?:please|pls|can you|could you|would you|will you|i(?:'d| would) (?:like|need)|i need|i want|do you|write|make|add|fix|give me|show me|tell me|let's|lets|what|how|why|where|which|is there|are there|does|should)\b|,?\s+so\s+(?:please|can|could|write|make|add|fix|give|show|tell|let|use|put|keep|leave|don't|do not|cut|take|check|patch|look|what|how|when|if)\b|,\s+(?:hence|therefore)\b/i;
/** Longer evidence would say more than what was found. */
const MOST_BEYOND = 150;

/**
 * The words to show for what a clause states: its sentence, without what it asks for afterwards; of a long one the clause and
 * what follows.
 */
export function evidenceOf(clause: Clause, { start, text }: Statement): Span {
  const from = clause.start - start;
  const whole = text.trimEnd();
  const asks = whole.slice(from + clause.words.length).search(ASKS);
  const end = asks === -1 || asks * 2 < whole.length - from ? whole.length : from + clause.words.length + asks;
  const first = whole.length - whole.trimStart().length;
  const isShort = end - first - clause.words.length <= MOST_BEYOND;
  const most = Math.min(end, from + clause.words.length + MOST_BEYOND);
  const begin = isShort ? first : from;
  const words = whole.slice(begin, begin + cut(whole.slice(begin), (isShort ? end : most) - begin));
  return { start: start + begin, end: start + begin + Math.max(words.replace(/[\s,;:.!?)]+$/, '').length, 1) };
}

/** Not in the middle of a word. */
function cut(text: string, length: number): number {
  if (length >= text.length || /\s/.test(text.charAt(length))) return length;
  const space = text.lastIndexOf(' ', length);
  return space > length / 2 ? space : length;
}

const FIRST_PERSON: readonly (readonly [RegExp, string])[] = [
  [/^(?:i'm|im|i am)\s+/i, 'is '],
  [/^(?:i've got|ive got|i have got)\s+/i, 'has '],
  [/^(?:i've|ive|i have)\s+/i, 'has '],
  [/^(?:i'd|i would) rather\s+/i, 'would rather '],
  [/^(?:i'd|i would)\s+/i, 'would '],
  [/^(?:i'll|i will)\s+/i, 'will '],
  [/^(?:we're|we are)\s+/i, 'is '],
  [/^(?:we've|we have)\s+/i, 'has '],
  [/^(?:we'll|we will)\s+/i, 'will '],
  [/^my\s+/i, 'their '],
];
/** These words after "I" or "we" are no verb, the verb comes after them. */
const ADVERBS =
  /^(?:i|we) ((?:(?:really|strongly|much|generally|usually|personally|also|still|always|never|normally|typically|often|mostly|only|just|rarely|absolutely|definitely|recently|finally|already|currently|all|both|so|simply) )*)([a-z]+)('t|n't)?\b/i;
const UNCHANGED =
  /^(?:can|cannot|can't|could|will|won't|would|may|must|mustn't|shall|should|might|did|didn't|was|were|had|went|chose|took|wrote|built|made|left|got|grew|began|started|[a-z]+ed)$/i;

/** A name in the third person, cut where the first thing said ends. */
export function nameOf(text: string): string {
  const words = foldSpaces(text).replace(/[.,;:!?…]+$/, '');
  for (const [pattern, replacement] of FIRST_PERSON)
    if (pattern.test(words)) return short(words.replace(pattern, replacement));
  const match = ADVERBS.exec(words);
  const verb = match?.[2];
  if (match === null || verb === undefined) return short(words.charAt(0).toLowerCase() + words.slice(1));
  const negated = match[3] ?? '';
  return short(`${match[1] ?? ''}${thirdPerson(verb, negated)}${words.slice(match[0].length)}`);
}

function thirdPerson(verb: string, negated: string): string {
  const low = verb.toLowerCase();
  if (low === 'don' || low === 'dont') return "doesn't";
  if (negated !== '' || UNCHANGED.test(low)) return `${low}${negated}`;
  if (low === 'have') return 'has';
  if (low === 'do' || low === 'go') return `${low}es`;
  if (/(?:s|x|z|ch|sh)$/.test(low)) return `${low}es`;
  if (/[^aeiou]y$/.test(low)) return `${low.slice(0, -1)}ies`;
  return `${low}s`;
}

/** At a clause's end or a space. */
export function short(words: string): string {
  const comma = words.search(/(?:[,;:]|\s[-–—])\s/);
  const clause = (comma > 20 ? words.slice(0, comma) : words).replace(/[\s.,;:!?…]+$/, '');
  if (clause.length <= NAME_UNITS) return clause;
  const space = clause.lastIndexOf(' ', NAME_UNITS);
  return clause.slice(0, space > 0 ? space : NAME_UNITS);
}
