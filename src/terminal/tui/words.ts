/** What screens say, as text. */
import type { Item, ItemKind } from '../../core/model/item.ts';
import { HUMAN } from '../../core/model/item.ts';
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { SourceMessage } from '../../core/sources/source.ts';
import type { TimelineRow } from '../../core/model/views.ts';
import { localTime, oneLine, plain } from '../text.ts';
import type { Reader } from './stage.ts';

export const KIND_NAMES: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  fact: ['fact', 'Facts'],
  trait: ['trait', 'Traits'],
  person: ['person', 'People'],
  topic: ['topic', 'Topics'],
  quote: ['quote', 'Quotes'],
};

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `Fri, 20 Nov 2026` */
export function dayWords(time: number): string {
  return dayFormat.format(time);
}

/** `08:30` */
export function clockWords(time: number): string {
  return localTime(time).slice(-5);
}

export function titleOf({ kind, name, subject }: Pick<Item, 'kind' | 'name' | 'subject'>): string {
  if (kind === 'quote') return `“${oneLine(name)}”`;
  const about = kind !== 'fact' || subject === null || subject === HUMAN ? '' : `${oneLine(subject)}: `;
  return `${about}${oneLine(name)}`;
}

/** What is known of an item beside its name: the words it comes from, the newest first. */
export function itemText(item: Item): string {
  const { name, description, aliases, status, learnedBy, evidence } = item;
  const words = evidence.toReversed().map(({ time, sessionId, text }) => {
    return `“${plain(text)}”\n${localTime(time)}, ${oneLine(sessionId)}`;
  });
  const own = oneLine(description).replace(/[.!?…]+$/, '');
  const isNew = ![name, ...evidence.map(({ text }) => text)].some((said) => oneLine(said).includes(own));
  const more = [
    ...(isNew ? [plain(description)] : []),
    ...(aliases.length === 0 ? [] : [`Also: ${aliases.map(oneLine).join(', ')}`]),
    `${status === 'confirmed' ? 'Confirmed' : 'Proposed'}. Said to ${learnedBy.map(oneLine).join(', ') || 'nobody any more'}.`,
  ];
  return [...words, ...more].join('\n\n');
}

/** A message opened whole. */
export function messageReader(row: Extract<TimelineRow, { kind: 'message' }>, agent: string): Reader {
  const cut =
    row.clippedFrom === null ? '' : `\n\n[The rest is in the source: the whole has ${row.clippedFrom} characters.]`;
  const who = row.role === 'user' ? 'You' : agent;
  return { title: `${who}, ${dayWords(row.time)}, ${clockWords(row.time)}`, text: `${plain(row.text)}${cut}`, top: 0 };
}

/** A session as its source has it, opened whole. */
export function transcriptReader(session: AgentSession, messages: readonly SourceMessage[]): Reader {
  const said = messages.map(({ role, agent, time, text }) => {
    const who = role === 'user' ? 'You' : oneLine(agent);
    return `── ${who}, ${localTime(time)}\n\n${plain(text) || '(no text)'}`;
  });
  const title = `${oneLine(session.summary) || session.sessionId} (${oneLine(session.projectName)})`;
  return { title, text: said.join('\n\n'), top: 0 };
}
