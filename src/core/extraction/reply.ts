/**
 * From the text of a reply to findings that hold.
 *
 * Contract: a reply that is no JSON, is not of the shape asked for, or names a message or an item that was not in the call is
 * invalid as a whole, and nothing of it is used. Words that do not stand in their message are dropped and counted.
 */
import type { Item } from '../model/item.ts';
import type { Span } from '../model/span.ts';
import type { ExtractionCall } from './call.ts';
import { knownReferences } from './call.ts';
import type { Draft, Findings, Place } from './finding.ts';
import { checkFindings, messageProse } from './findings.ts';
import type { Folded } from './fold.ts';
import { fold, locate } from './fold.ts';
import { isProse } from './prose.ts';
import type { Prompt } from './prompt.ts';
import type { RedactedPart } from './redacted-part.ts';
import type { Reply } from './reply-shape.ts';
import { checkReply } from './reply-shape.ts';
import { jsonOfReply } from './reply-text.ts';

export type ReplyReading =
  { readonly ok: true; readonly found: Findings } | { readonly ok: false; readonly reason: string };

/** @param text what the model wrote, all of it */
export function readReply(text: string, call: ExtractionCall, { shown }: Pick<Prompt, 'shown'>): ReplyReading {
  const json = jsonOfReply(text);
  if (json === undefined) return { ok: false, reason: 'there is no JSON in it' };
  const checked = checkReply(json);
  if (!checked.ok) return checked;
  const { reply } = checked;
  const known = knownReferences(call.known);
  const stranger = unknownReference(reply, shown, known);
  if (stranger !== null) return { ok: false, reason: `it speaks of "${stranger}", which was not in the call` };
  const words = new Words(shown);
  const drafts = reply.findings.map(({ evidence, known: reference, ...finding }): Draft => ({
    ...finding,
    known: reference === null ? null : sameKind(known.get(bare(reference)), finding.kind),
    places: words.places(evidence),
  }));
  const quotes = words.places(reply.quotes);
  return { ok: true, found: checkFindings(drafts, quotes, call.kinds, words.lost) };
}

function unknownReference(
  { findings, quotes }: Reply,
  shown: ReadonlyMap<string, unknown>,
  known: ReadonlyMap<string, unknown>,
): string | null {
  for (const { message } of [...findings.flatMap(({ evidence }) => evidence), ...quotes])
    if (!shown.has(bare(message))) return message.slice(0, 40);
  for (const { known: reference } of findings)
    if (reference !== null && !known.has(bare(reference))) return reference.slice(0, 40);
  return null;
}

/** A trait is no fact: of another kind, the finding stands for itself. */
function sameKind(item: Item | undefined, kind: Item['kind']): string | null {
  return item?.kind === kind ? item.id : null;
}

/** `[m1]` is `m1`. */
function bare(reference: string): string {
  return reference
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

class Words {
  readonly #shown: ReadonlyMap<string, RedactedPart>;
  readonly #folded = new Map<RedactedPart, Folded>();
  lost = 0;

  constructor(shown: ReadonlyMap<string, RedactedPart>) {
    this.#shown = shown;
  }

  places(said: readonly { message: string; quote: string }[]): Place[] {
    const places: Place[] = [];
    for (const { message, quote } of said) {
      const part = this.#shown.get(bare(message));
      const span = part === undefined ? null : this.#find(part, quote);
      if (part === undefined || span === null) this.lost += 1;
      else places.push({ part: part.part, ...span });
    }
    return places;
  }

  /** The first time they stand there as prose; else the first time, so that it is counted as what it is. */
  #find(part: RedactedPart, quote: string): Span | null {
    const folded = this.#folded.get(part) ?? fold(part.text);
    this.#folded.set(part, folded);
    let first: Span | null = null;
    for (const shown of locate(quote, folded)) {
      const span = part.original(shown);
      if (isProse(messageProse(part.part.message), span)) return span;
      first ??= span;
    }
    return first;
  }
}
