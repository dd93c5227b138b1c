/** What is remembered of a transcript between imports, so that of a grown one only the end is read. */
import * as v from 'valibot';
import type { Draft } from './draft.ts';
import { IdSet } from './id-set.ts';
import type { ListedSession } from './listing.ts';
import type { Scanned } from './scan.ts';

const Pairs = v.array(v.tuple([v.string(), v.string()]));

/** A session as it was when it was read last, up to its last message: that one may have been unfinished and is read again. */
export const KnownSessionSchema = v.object({
  sessionId: v.string(),
  /** Its file, and the version of the session then. */
  path: v.string(),
  version: v.string(),
  modified: v.number(),
  /** Where the first line of the last message begins, and which line of which rows that is. */
  offset: v.number(),
  number: v.number(),
  place: v.number(),
  /** The id of that line: a file that was written anew has another one there. */
  uuid: v.string(),
  firstUuid: v.string(),
  titles: v.object({ summary: v.optional(v.string()), custom: v.optional(v.string()), ai: v.optional(v.string()) }),
  directories: v.array(v.string()),
  span: v.object({ start: v.number(), end: v.number() }),
  callByAgent: Pairs,
  typeByCall: Pairs,
  /** Ids of the messages and tool calls before, as an {@link IdSet}. */
  ids: v.string(),
});

export type KnownSession = v.InferOutput<typeof KnownSessionSchema>;

/** What to remember of a session that was read; null when it must be read whole the next time. */
export function knownFrom(
  session: ListedSession,
  { draft, version, modified, known }: Scanned,
  ownsAll: boolean,
): KnownSession | null {
  const [file] = session.files;
  const { lastMark: mark, span, firstUuid } = draft;
  if (session.type !== 'user' || session.files.length > 1 || file === undefined || !ownsAll) return null;
  if (mark === null || span === undefined || firstUuid === null || !isPlain(draft)) return null;
  const ids = IdSet.decode(known?.ids ?? '');
  for (const id of idsBefore(draft, mark.calls)) ids.add(id);
  return {
    sessionId: session.id,
    path: file.file.path,
    version,
    modified,
    offset: mark.offset,
    number: mark.number,
    place: mark.place,
    uuid: mark.uuid,
    firstUuid,
    titles: draft.titles,
    directories: [...draft.directories],
    span: { ...span },
    callByAgent: [...draft.callByAgent],
    typeByCall: [...draft.typeByCall],
    ids: ids.encode(),
  };
}

/** True when the lines after what is known go on with it, and do not reach back. */
export function goesOn(draft: Draft, known: KnownSession): boolean {
  const before = IdSet.decode(known.ids);
  if (!draft.beganWith(known.uuid) || !isPlain(draft)) return false;
  return [...draft.messages.keys(), ...draft.toolUses].every((id) => !before.has(id));
}

/** True when some of these messages may be of the known session too. */
export function sharesMessages({ messages }: Draft, known: KnownSession): boolean {
  const ids = IdSet.decode(known.ids);
  return messages.has(known.uuid) || [...messages.keys()].some((id) => ids.has(id));
}

/** Nothing in it is of another session, of a sidechain, or without a time: only all lines together tell what such are. */
function isPlain({ named, hasSidechains, messages }: Draft): boolean {
  return named.size === 0 && !hasSidechains && [...messages.values()].every(({ own, time }) => own && time !== null);
}

function idsBefore({ messages, toolUses }: Draft, calls: number): string[] {
  return [...[...messages.keys()].slice(0, -1), ...[...toolUses].slice(0, calls)];
}
