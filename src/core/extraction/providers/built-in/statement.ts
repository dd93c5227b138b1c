/** A human message as rules read it: statements, each with its clauses and what was said before it. */
import type { Span } from '../../../model/span.ts';
import type { ExtractionMessage } from '../../messages.ts';
import { messageProse } from '../../findings.ts';
import { blank, type Prose } from '../../prose.ts';
import { sentencesOf } from '../../sentences.ts';
import { clausesOf, type Clause } from './clauses.ts';
import { quotations } from './quotations.ts';
import { isForeignLine, type Setting, settingAfter, settingOf } from './setting.ts';

export interface Statement extends Span {
  /** The words with blanks for code words, addresses and quotations: as long as the stretch. Apostrophes are straight. */
  readonly text: string;
  readonly clauses: readonly Clause[];
  /** What the line before it, or above its list, says of it. */
  readonly setting: Setting;
  /** The statement before it in the same message, for "she" and "he". */
  readonly before: string;
  /** The one after it. */
  readonly after: string;
}

/** A longer sentence is read in stretches of about this many characters: nobody says so much in one. */
const LONGEST_STATEMENT = 600;

/** The statements of a stretch of a message, in order. */
export function statementsOf(message: ExtractionMessage, within: Span): Statement[] {
  const prose = proseWithin(messageProse(message), within);
  const quoted = quotations(message.text.slice(within.start, within.end)).map(({ start, end }) => ({
    start: start + within.start,
    end: end + within.start,
  }));
  const own = straight(blank(message.text, quoted));
  const stretches = sentencesOf(message.text, prose).flatMap(({ start, end, visible }) =>
    shortEnough({ start, end }, both(straight(visible), own.slice(start, end))),
  );
  const spoken = stretches.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  let setting: Setting = 'own';
  let isLineForeign = false;
  let lineEnd = within.start;
  return spoken.map(({ start, end, text }, at) => {
    const gap = message.text.slice(lineEnd, start);
    // what is told of stands right after the colon, or after code that is it
    const isNext = /:\s*$/.test(spoken[at - 1]?.text ?? '') && gap.trim() === '';
    setting = isNext ? setting : settingOf(setting, gap);
    if (gap.includes('\n')) isLineForeign = false;
    const statement = {
      start,
      end,
      text,
      setting: isLineForeign ? ('foreign' as const) : setting,
      clauses: clausesOf(text, start),
      before: spoken[at - 1]?.text ?? '',
      after: spoken[at + 1]?.text ?? '',
    };
    setting = settingAfter(setting, text);
    isLineForeign ||= isForeignLine(text);
    lineEnd = end;
    return statement;
  });
}

/** A long message comes in pieces: only what is inside the piece is looked at. */
function proseWithin({ text, spans, inline }: Prose, { start, end }: Span): Prose {
  const clip = (all: readonly Span[]) =>
    all
      .filter((span) => span.start < end && start < span.end)
      .map((span) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }));
  return { text, spans: clip(spans), inline: clip(inline) };
}

/** Blank where either is. */
function both(a: string, b: string): string {
  if (a === b) return a;
  let text = '';
  for (let at = 0; at < a.length; at++) text += b.charAt(at) === ' ' ? ' ' : a.charAt(at);
  return text;
}

function straight(text: string): string {
  return text.replaceAll(/[’‘ʼ]/g, "'");
}

function shortEnough({ start, end }: Span, text: string): { start: number; end: number; text: string }[] {
  if (text.length <= LONGEST_STATEMENT) return [{ start, end, text }];
  const pieces: { start: number; end: number; text: string }[] = [];
  for (let at = 0; at < text.length;) {
    const length = pieceLength(text.slice(at, at + LONGEST_STATEMENT));
    pieces.push({ start: start + at, end: start + at + length, text: text.slice(at, at + length) });
    at += length;
  }
  return pieces;
}

/** Up to a comma, or to a space, in its second half. */
function pieceLength(text: string): number {
  if (text.length < LONGEST_STATEMENT) return text.length;
  const at = Math.max(text.lastIndexOf(', '), text.lastIndexOf('; '));
  if (at > LONGEST_STATEMENT / 2) return at + 1;
  const space = text.lastIndexOf(' ');
  return space > LONGEST_STATEMENT / 2 ? space + 1 : text.length;
}
