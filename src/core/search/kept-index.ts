/**
 * Everything that is kept, ready to be looked through, newest first: messages, items, personas and sessions. It follows the state by
 * what was replaced in it, so that a commit costs what it changed. It holds about one to two times the bytes of the texts.
 */
import type { CatalogRow } from '../model/agent-session.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { copiesByOriginal } from '../personas/timeline-rows.ts';
import type { ItemRecord, MessageRecord, PersonaGroup, PersonaRecord, PersonaState } from '../state/records.ts';
import type { Changes, Document } from './documents.ts';
import { Documents } from './documents.ts';
import { Narrowing } from './narrowing.ts';

export interface KeptPersona {
  readonly record: PersonaRecord;
  readonly firstTime: number | null;
  readonly lastTime: number | null;
}

export interface KeptMessage {
  readonly message: MessageRecord;
  readonly personaId: string;
  /** A fork's copy of another message: that one is shown. */
  readonly isCopy: boolean;
}

interface PersonaMessages {
  readonly group: PersonaGroup;
  readonly documents: Documents<MessageRecord>;
  readonly copies: ReadonlySet<MessageRecord>;
}

/** Made when they are asked for. */
interface Sorted {
  personas?: readonly Document<KeptPersona>[];
  messages?: readonly Document<KeptMessage>[];
  items?: readonly Document<ItemRecord>[];
  sessions?: readonly Document<CatalogRow>[];
}

function newLast() {
  return {
    personas: new Narrowing<KeptPersona>(),
    sessions: new Narrowing<CatalogRow>(),
    items: new Narrowing<ItemRecord>(),
    messages: new Narrowing<KeptMessage>(),
  };
}

export class KeptIndex {
  readonly #personas = new Documents<KeptPersona>(({ record }) => record.id, personaText);
  readonly #items = new Documents<ItemRecord>(({ id }) => id, itemText);
  readonly #sessions = new Documents<CatalogRow>(({ sessionId }) => sessionId, sessionText);
  #messages = new Map<string, PersonaMessages>();
  #state: PersonaState | null = null;
  #catalog: { readonly catalog: Catalog; readonly revision: number } | null = null;
  #sorted: Sorted = {};
  /** What was found last of each, in what is kept now. */
  last = newLast();

  get personas(): readonly Document<KeptPersona>[] {
    this.#sorted.personas ??= [...this.#personas.all()].sort(
      ({ value: a }, { value: b }) => (b.lastTime ?? 0) - (a.lastTime ?? 0) || order(a.record.id, b.record.id),
    );
    return this.#sorted.personas;
  }

  get sessions(): readonly Document<CatalogRow>[] {
    this.#sorted.sessions ??= [...this.#sessions.all()].sort(
      (a, b) => lastTimeOf(b.value) - lastTimeOf(a.value) || order(a.value.sessionId, b.value.sessionId),
    );
    return this.#sorted.sessions;
  }

  get items(): readonly Document<ItemRecord>[] {
    this.#sorted.items ??= [...this.#items.all()].sort(
      (a, b) => saidAt(b.value) - saidAt(a.value) || order(a.value.id, b.value.id),
    );
    return this.#sorted.items;
  }

  get messages(): readonly Document<KeptMessage>[] {
    this.#sorted.messages ??= [...this.#messages.values()]
      .flatMap(messagesOf)
      .sort(({ value: { message: a } }, { value: { message: b } }) => b.time - a.time || order(a.id, b.id));
    return this.#sorted.messages;
  }

  /** Makes it what is kept now. Gives how many documents had to be made, and how many went. */
  follow(state: PersonaState, catalog: Catalog): Changes {
    const changes = { added: 0, removed: 0 };
    const isOtherCatalog = this.#catalog?.catalog !== catalog || this.#catalog.revision !== catalog.revision;
    if (isOtherCatalog) {
      this.#sessions.become(catalog.rows(), changes);
      delete this.#sorted.sessions;
    }
    if (this.#state?.items !== state.items) {
      this.#items.become([...state.items.values()].filter(isShown), changes);
      delete this.#sorted.items;
    }
    if (this.#state?.personas !== state.personas || isOtherCatalog) {
      this.#personas.become([...state.personas.values()].map(personaOf), changes);
      delete this.#sorted.personas;
      this.#followMessages(state, catalog, isOtherCatalog, changes);
    }
    if (this.#state !== state || isOtherCatalog) this.last = newLast();
    this.#state = state;
    this.#catalog = { catalog, revision: catalog.revision };
    return changes;
  }

  #followMessages(state: PersonaState, catalog: Catalog, isOtherCatalog: boolean, changes: Changes): void {
    const isFork = (sessionId: string) => ({ fork: catalog.get(sessionId)?.fork ?? false });
    const next = new Map<string, PersonaMessages>();
    for (const [id, group] of state.personas) {
      const before = this.#messages.get(id);
      const documents = before?.documents ?? new Documents<MessageRecord>((message) => message.id, textOf);
      if (before?.group !== group) documents.become(group.messages, changes);
      const isSame = before?.group === group && !isOtherCatalog;
      const copies = isSame ? before.copies : new Set([...copiesByOriginal(group.messages, isFork).values()].flat());
      next.set(id, { group, documents, copies });
    }
    for (const [id, { documents }] of this.#messages) if (!next.has(id)) documents.become([], changes);
    this.#messages = next;
    delete this.#sorted.messages;
  }
}

function messagesOf({ group, documents, copies }: PersonaMessages): Document<KeptMessage>[] {
  const personaId = group.record.id;
  return Array.from(documents.all(), ({ value: message, text, folded }) => ({
    value: { message, personaId, isCopy: copies.has(message) },
    text,
    folded,
  }));
}

function personaOf({ record, messages }: PersonaGroup): KeptPersona {
  return { record, firstTime: messages[0]?.time ?? null, lastTime: messages.at(-1)?.time ?? null };
}

function personaText({ record: { id, agent, name } }: KeptPersona): string {
  return [name ?? agent, id].join('\n');
}

function textOf({ text }: MessageRecord): string {
  return text;
}

function sessionText({ summary, projectName, projectPath, startingPrompt, userPrompts }: CatalogRow): string {
  return [summary, projectName, projectPath, ...new Set([startingPrompt ?? '', ...userPrompts])].join('\n');
}

function itemText({ name, description, subject, aliases, evidence }: ItemRecord): string {
  return [name, description, subject ?? '', ...aliases, ...evidence.map(({ text }) => text)].join('\n');
}

function isShown({ status }: ItemRecord): boolean {
  return status === 'proposed' || status === 'confirmed';
}

/** When a session was last gone on with. */
export function lastTimeOf({ startTime, endTime }: CatalogRow): number {
  return endTime ?? startTime;
}

/** When an item was last said. */
export function saidAt({ evidence, created }: ItemRecord): number {
  return evidence.at(-1)?.time ?? created;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
