/** Looks through all that is kept: plainly, text by text, which at 10 MB takes less time than asking an index. */
import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Hits, ItemHit, Marked, MessageHit, PersonaHit, SessionHit } from '../model/search-views.ts';
import type { ItemRecord } from '../state/records.ts';
import type { Document } from './documents.ts';
import { excerpt, marked } from './excerpt.ts';
import type { Filters } from './filters.ts';
import { searchable } from './fold.ts';
import type { KeptIndex, KeptMessage } from './kept-index.ts';
import { lastTimeOf, saidAt } from './kept-index.ts';
import type { Term } from './match.ts';
import { hasAll } from './match.ts';
import type { Asked } from './narrowing.ts';

export interface KeptSearch {
  readonly index: KeptIndex;
  readonly catalog: Catalog;
  readonly asked: Asked;
  readonly filters: Filters;
  readonly limit: number;
}

export function findMessages(search: KeptSearch): Hits<MessageHit> {
  const { asked, catalog, limit } = search;
  const originals = fittingMessages(search).filter(({ value }) => !value.isCopy);
  return hitsOf(originals, limit, (document) => messageHit(document, asked.terms, catalog));
}

/** Of all messages that are found, copies too. */
export function idsOfMessages(search: KeptSearch): ReadonlySet<string> {
  return new Set(fittingMessages(search).map(({ value }) => value.message.id));
}

function fittingMessages({ index, asked, filters }: KeptSearch): readonly Document<KeptMessage>[] {
  return index.last.messages.find(index.messages, asked, ({ message }) => filters.message(message));
}

export function findPersonas({ index, asked, filters, limit }: KeptSearch): Hits<PersonaHit> {
  const { terms } = asked;
  const fitting = index.last.personas.find(index.personas, asked, (persona) => filters.persona(persona));
  return hitsOf(fitting, limit, ({ value: { record, lastTime } }) => ({
    id: record.id,
    name: marked(terms, searchable(record.name ?? record.agent)),
    source: record.source,
    lastTime,
  }));
}

/** Those whose title says it all come first. */
export function findSessions({ index, asked, filters, limit }: KeptSearch): Hits<SessionHit> {
  const { terms } = asked;
  const fitting = index.last.sessions.find(index.sessions, asked, (row) => filters.session(row));
  const isNamed = new Map(fitting.map((document) => [document, hasAll(terms, titleOf(document))]));
  const ranked = [
    ...fitting.filter((document) => isNamed.get(document)),
    ...fitting.filter((document) => !isNamed.get(document)),
  ];
  return hitsOf(ranked, limit, (document) => ({
    id: document.value.sessionId,
    title: marked(terms, titleOf(document)),
    excerpt: isNamed.get(document) ? null : excerpt(terms, restOf(document, document.value.summary)),
    source: document.value.source,
    projectName: document.value.projectName,
    time: lastTimeOf(document.value),
  }));
}

export function findItems({ index, asked, filters, limit }: KeptSearch): Hits<ItemHit> {
  const { terms } = asked;
  const fitting = index.last.items.find(index.items, asked, (item) => filters.item(item));
  return hitsOf(fitting, limit, (document) => ({
    id: document.value.id,
    kind: document.value.kind,
    ...itemTexts(document, terms),
    time: saidAt(document.value),
  }));
}

function itemTexts(document: Document<ItemRecord>, terms: readonly Term[]): { name: Marked; excerpt: Marked | null } {
  const name = searchable(document.value.name);
  const isNamed = hasAll(terms, name);
  return {
    name: marked(terms, name),
    excerpt: isNamed ? null : excerpt(terms, restOf(document, document.value.name)),
  };
}

/** What stands behind the name. */
function restOf(document: Document<unknown>, name: string): ReturnType<typeof searchable> {
  const from = name.normalize('NFC').length + 1;
  return { text: document.text.slice(from), folded: document.folded.slice(from) };
}

function titleOf({ value }: Document<CatalogRow>) {
  return searchable(value.summary);
}

function hitsOf<T, H>(documents: readonly Document<T>[], limit: number, hitOf: (document: Document<T>) => H): Hits<H> {
  return { total: documents.length, hits: documents.slice(0, limit).map(hitOf) };
}

function messageHit(document: Document<KeptMessage>, terms: readonly Term[], catalog: Catalog): MessageHit {
  const { message, personaId } = document.value;
  const session = catalog.get(message.sessionId);
  return {
    id: message.id,
    sessionId: message.sessionId,
    sessionTitle: session?.summary ?? message.sessionId,
    projectPath: session?.projectPath ?? '',
    projectName: session?.projectName ?? '',
    source: message.source,
    agent: message.agent,
    role: message.role,
    byPerson: message.role === 'user',
    time: message.time,
    excerpt: excerpt(terms, document),
    personaId,
    inTool: false,
  };
}
