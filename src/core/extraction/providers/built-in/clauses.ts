/** The clauses of a statement, without the words that only lead to them. */
import type { Span } from '../../../model/span.ts';

export interface Clause extends Span {
  /** Without lead-in, up to where the next clause begins. */
  readonly words: string;
  /** Without lead-in, up to the end of the statement. */
  readonly rest: string;
  /** What was said before it in the statement. */
  readonly before: string;
  /** The lead-in, "from now on". */
  readonly lead: string;
}

const STARTS = String.raw`(?:i|i'm|im|i've|ive|i'd|i'll|we|we're|we've|we'll|you|my|our|the|this|it|it's|he|he's|she|she's|they|please|pls|can|could|would|don't|dont|do|never|always|from|no|nothing)`;
const BOUNDARY = new RegExp(
  String.raw`[;:,()](?=\s|$)|(?<=\s)\((?=\S)|\s[-–—]+(?=\s)|[—]|\s(?=(?:and|but|so|because|since|as|while|therefore|hence|thus|plus|then|cause|cuz|bc|although|though|whereas)\s+${STARTS}\s)`,
  'gi',
);
/** Words before a statement that add nothing to it. */
const LEAD =
  /^(?:[\s"'*•–—-]+|(?:and|but|so|because|since|also|oh|ah|btw|by the way|fyi|fwiw|imo|imho|note(?: that)?|nb|remember(?: that)?|ok(?:ay)?|alright|right|well|hi(?: there| again| all)?|hello(?: again)?|hey(?: there)?|good (?:morning|evening|afternoon)|morning|plus|then|now|however|besides|anyway|anyhow|actually|basically|honestly|frankly|personally|generally|in general|seriously|really|just so you know|so you know|as you (?:may |might )?know|for (?:context|reference|the record|your information|background|info)|some (?:context|background)|a bit of (?:context|background)|(?:quick )?(?:context|background|reminder|heads[- ]up|info)|one (?:more )?thing|another thing|to be (?:clear|honest|fair)|you should know(?: that)?|you (?:need|have) to know(?: that)?|keep in mind(?: that)?|bear in mind(?: that)?|be aware(?: that)?|mind you|don't forget(?: that)?|(?:please )?note(?: that)?|i (?:should|must|have to) (?:say|mention|add)(?: that)?|i forgot to (?:say|mention)(?: that)?|let me (?:add|mention|say)(?: that)?|the thing is(?: that)?|the point is(?: that)?|fact is|ps|p\.s\.?|therefore|hence|thus|that's why|which is why|as i said|like i said|again|important|cause|cuz|bc|although|though|whereas|while|as(?= (?:i|we|our|my|the|it|he|she|they)\b)|unfortunately|sadly|luckily|fortunately|thanks|thank you|thx|sorry|yes|no(?=,)|yeah|yep|nope|hm+|ugh|um|uh|please|pls|kindly|otherwise|still|too|in fact|after all|by design|historically|mostly|these days|nowadays|as (?:it|that) (?:is|was)|at work|at home|here|on our side|on my side|for us|for me|as of (?:now|today|last \w+|this \w+|\w+ \d{4})|since (?:last \w+|\w+ \d{4}|january|february|march|april|may|june|july|august|september|october|november|december)|in the end|at the end of the day|long story short|tl;?dr|(?:update|status|correction|edit)(?=:))(?=[\s,:.!-]|$)[\s,:.!-]*)/i;

export function clausesOf(text: string, offset: number): Clause[] {
  const cuts = [0];
  const ends: number[] = [];
  for (const { index, 0: mark } of text.matchAll(BOUNDARY)) {
    ends.push(index);
    cuts.push(index + mark.length);
  }
  ends.push(text.length);
  return cuts
    .map((from, at) => clauseAt(text, offset, from, ends[at] ?? text.length))
    .filter((clause) => clause !== null);
}

function clauseAt(text: string, offset: number, from: number, end: number): Clause | null {
  let start = from;
  for (let lead = leadOf(text, start, end); lead > 0; lead = leadOf(text, start, end)) start += lead;
  const words = text.slice(start, end).trimEnd();
  if (words === '') return null;
  return {
    start: offset + start,
    end: offset + start + words.length,
    words,
    rest: text.slice(start).trimEnd(),
    before: text.slice(0, from),
    lead: text.slice(from, start),
  };
}

/** A lead-in is none when nothing comes after it. */
function leadOf(text: string, start: number, end: number): number {
  const lead = LEAD.exec(text.slice(start, Math.min(end, start + 60)))?.[0] ?? '';
  return lead.trim() === text.slice(start, end).trim() ? 0 : lead.length;
}
