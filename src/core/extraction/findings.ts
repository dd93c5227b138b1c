/**
 * What a provider found, checked: from here on every word of evidence stands where it says it stands, in the prose of a human
 * message that was to be analysed.
 *
 * Contract of `checkFindings`:
 * - Evidence in an assistant's message, in a message of the context, or in what is not prose is dropped and counted. So is a
 *   finding that has no evidence left, and one without a name.
 * - Overlapping evidence of one finding in one message becomes one; so do overlapping quotes, of all findings.
 * - The order is that of the messages; the same drafts give the same findings.
 */
import { bodyHash, foldSpaces, HUMAN, normaliseName } from '../model/item.ts';
import type { Span } from '../model/span.ts';
import { overlaps, united } from '../model/span.ts';
import { headOf } from '../state/utf8.ts';
import type { AskedKind } from './call.ts';
import type { Draft, Finding, Findings, FoundEvidence, Place } from './finding.ts';
import type { ExtractionMessage } from './messages.ts';
import type { Prose } from './prose.ts';
import { isProse, proseOf } from './prose.ts';

const NAME_UNITS = 300;
const DESCRIPTION_UNITS = 1_000;
const ALIASES = 10;
/** Longer than this is no quote but a message. */
const QUOTE_UNITS = 2_000;

/** @param lost words that were not found in any message */
export function checkFindings(
  drafts: readonly Draft[],
  quotes: readonly Place[],
  kinds: readonly AskedKind[],
  lost = 0,
): Findings {
  const check = new Check();
  let unusable = 0;
  let withoutEvidence = 0;
  const findings: Finding[] = [];
  for (const draft of drafts) {
    const name = clipped(draft.name, NAME_UNITS);
    if (!kinds.includes(draft.kind) || normaliseName(name) === '') {
      unusable += 1;
      continue;
    }
    const evidence = check.evidence(draft.places);
    if (evidence.length === 0) withoutEvidence += 1;
    else findings.push(finding(draft, name, evidence));
  }
  const words = check.evidence(quotes);
  const short = words.filter(({ start, end }) => end - start <= QUOTE_UNITS);
  unusable += words.length - short.length;
  findings.push(...short.map(quoteOf));
  const { notProse, notHuman } = check;
  return { findings, dropped: { notInMessage: lost, notProse, notHuman, withoutEvidence, unusable } };
}

function finding(
  { kind, known, description, subject, aliases }: Draft,
  name: string,
  evidence: FoundEvidence[],
): Finding {
  return {
    kind,
    known,
    name,
    description: clipped(description, DESCRIPTION_UNITS),
    subject: kind === 'fact' ? subjectOf(subject) : null,
    aliases: kind === 'person' ? aliasesOf(aliases, name) : [],
    evidence,
  };
}

function quoteOf(evidence: FoundEvidence): Finding {
  const name = foldSpaces(evidence.text);
  return { kind: 'quote', known: null, name, description: '', subject: null, aliases: [], evidence: [evidence] };
}

const HUMAN_NAMES: ReadonlySet<string> = new Set([
  '',
  HUMAN,
  'the human',
  'user',
  'the user',
  'developer',
  'the developer',
  'i',
  'me',
  'self',
]);

function subjectOf(subject: string | null): string {
  const name = clipped(subject ?? '', NAME_UNITS);
  return HUMAN_NAMES.has(normaliseName(name)) ? HUMAN : name;
}

function aliasesOf(aliases: readonly string[], name: string): string[] {
  const others = new Map(aliases.map((alias) => [normaliseName(alias), clipped(alias, NAME_UNITS)]));
  others.delete('');
  others.delete(normaliseName(name));
  return [...others.values()].slice(0, ALIASES);
}

/** A model may write one as an escape. It could not be stored. */
const HALF_A_CHARACTER = /\p{Cs}/gu;

function clipped(text: string, units: number): string {
  return headOf(foldSpaces(text.replaceAll(HALF_A_CHARACTER, '')), units).trimEnd();
}

const prose = new WeakMap<ExtractionMessage, Prose>();

/** The prose of a message, looked for once however many findings speak of it. */
export function messageProse(message: ExtractionMessage): Prose {
  const found = prose.get(message) ?? proseOf(message.text);
  prose.set(message, found);
  return found;
}

/** Holds evidence against its messages, and counts what does not hold. */
class Check {
  notProse = 0;
  notHuman = 0;

  evidence(places: readonly Place[]): FoundEvidence[] {
    const spans = new Map<ExtractionMessage, Span[]>();
    for (const place of places) {
      const { message } = place.part;
      if (!this.#holds(place)) continue;
      const others = spans.get(message) ?? [];
      spans.set(message, [...others, place]);
    }
    return [...spans]
      .flatMap(([message, all]) => overlapsJoined(all).map((span) => evidenceOf(message, span)))
      .sort(
        (a, b) =>
          a.time - b.time || (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : a.start - b.start),
      );
  }

  #holds({ part, start, end }: Place): boolean {
    const { message, purpose } = part;
    if (purpose !== 'analyse' || message.role !== 'user' || start < part.start || end > part.end) {
      this.notHuman += 1;
      return false;
    }
    if (isProse(messageProse(message), { start, end })) return true;
    this.notProse += 1;
    return false;
  }
}

/** Those that overlap as one; those that only touch stay two. */
function overlapsJoined(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const apart: Span[] = [];
  for (const span of sorted) {
    const last = apart.at(-1);
    if (last !== undefined && overlaps(last, span)) apart.splice(-1, 1, ...united([last, span]));
    else apart.push(span);
  }
  return apart;
}

function evidenceOf(
  { source, sessionId, id, text, time, persona }: ExtractionMessage,
  { start, end }: Span,
): FoundEvidence {
  const words = text.slice(start, end);
  return { source, sessionId, messageId: id, start, end, hash: bodyHash(text), text: words, time, persona };
}
