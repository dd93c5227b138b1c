/** From readings of messages to findings as a provider gives them: one for each name, with all its places. */
import type { Item } from '../../../model/item.ts';
import { normaliseName } from '../../../model/item.ts';
import type { Span } from '../../../model/span.ts';
import type { ExtractionCall } from '../../call.ts';
import type { ChunkPart } from '../../chunks.ts';
import type { Draft, Place } from '../../finding.ts';
import type { NamedPerson } from './people.ts';
import type { Reading } from './read-message.ts';
import type { Statement } from './statement.ts';

export interface PartReading {
  readonly part: ChunkPart;
  readonly reading: Reading;
}

export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly quotes: readonly Place[];
}

/** A name without a reason needs so many sessions. */
const SESSIONS = 2;

export function draftsOf(readings: readonly PartReading[], { known }: ExtractionCall): Drafted {
  const drafts = new Drafts();
  const isPerson = personTest(readings, known);
  for (const { part, reading } of readings) {
    for (const { what, statement } of reading.stated)
      drafts.add(
        { ...what, description: descriptionOf(statement), aliases: [], known: null },
        { part, ...inside(what, part) },
      );
    for (const { what, statement } of reading.people) {
      const of = isPerson(what);
      if (of === null) continue;
      drafts.add(
        {
          kind: 'person',
          name: of.name,
          subject: null,
          description: descriptionOf(statement),
          aliases: of.aliases,
          known: of.known,
        },
        { part, ...inside(sentence(statement), part) },
      );
    }
    for (const { what } of reading.topics)
      drafts.add(
        { kind: 'topic', name: what.name, subject: null, description: '', aliases: [], known: null },
        { part, ...inside(what, part) },
      );
  }
  const quotes = readings.flatMap(({ part, reading }) =>
    reading.stated.filter(({ what }) => what.isQuote).map(({ what }) => ({ part, ...inside(what, part) })),
  );
  return { drafts: drafts.all(), quotes };
}

interface Person {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly known: string | null;
}

/** Sure by its words, known already, or named in several sessions; a first name goes with the one full name that has it. */
function personTest(readings: readonly PartReading[], known: readonly Item[]): (person: NamedPerson) => Person | null {
  const sure = new Set<string>();
  const sessions = new Map<string, Set<string>>();
  for (const { part, reading } of readings)
    for (const { what } of reading.people) {
      const key = normaliseName(what.name);
      if (what.isSure) sure.add(key);
      sessions.set(key, (sessions.get(key) ?? new Set()).add(part.message.sessionId));
    }
  const people = known.filter(({ kind }) => kind === 'person');
  return ({ name, alias }) => {
    const key = normaliseName(name);
    const item = people.find((each) => [each.name, ...each.aliases].some((called) => normaliseName(called) === key));
    if (item !== undefined) return { name: item.name, aliases: [], known: item.id };
    const isPerson = sure.has(key) || (sessions.get(key)?.size ?? 0) >= SESSIONS;
    return isPerson ? { name, aliases: alias === undefined ? [] : [alias], known: null } : null;
  };
}

type Head = Omit<Draft, 'places'>;

class Drafts {
  readonly #heads = new Map<string, { head: Head; places: Place[] }>();

  add({ kind, name, subject, description, aliases, known }: Head, place: Place): void {
    const key = JSON.stringify([kind, known ?? normaliseName(name), subject]);
    const same = this.#heads.get(key);
    if (same !== undefined) {
      same.places.push(place);
      same.head = { ...same.head, aliases: [...new Set([...same.head.aliases, ...aliases])] };
    } else this.#heads.set(key, { head: { kind, name, subject, description, aliases, known }, places: [place] });
  }

  all(): Draft[] {
    return [...this.#heads.values()].map(({ head, places }) => ({ ...head, places }));
  }
}

/** The sentence, without the spaces around it. */
function sentence({ start, text }: Statement): Span {
  const from = start + (text.length - text.trimStart().length);
  return { start: from, end: start + text.trimEnd().length };
}

function descriptionOf({ text }: Statement): string {
  return text.trim();
}

/** Never beyond the piece of the message that was given. */
function inside({ start, end }: Span, part: ChunkPart): Span {
  return { start: Math.max(start, part.start), end: Math.min(end, part.end) };
}
