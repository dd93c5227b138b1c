/** What can be chosen in the box, in groups, in the order it is shown. */
import type { ItemHit, KeptResults, MessageHit, PersonaHit, SessionHit } from '../../core/model/search-views.ts';
import { number } from '../ui/format.ts';
import { itemAddress, messageAddress, personaAddress, searchAddress, sessionAddress } from './addresses.ts';
import type { Screen } from './go-to.ts';
import { screensFor } from './go-to.ts';
import type { History } from './use-history.ts';

export type Act =
  | { readonly kind: 'go'; readonly address: string }
  | { readonly kind: 'type'; readonly text: string }
  /** What was searched for before. */
  | { readonly kind: 'forget' };

export type Shown =
  | { readonly kind: 'persona'; readonly hit: PersonaHit }
  | { readonly kind: 'session'; readonly hit: SessionHit }
  | { readonly kind: 'item'; readonly hit: ItemHit }
  | { readonly kind: 'message'; readonly hit: MessageHit }
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'words'; readonly words: string };

export interface Choice {
  /** No other choice has it. */
  readonly value: string;
  readonly shown: Shown;
  readonly act: Act;
}

export interface Group {
  readonly heading: string;
  readonly choices: readonly Choice[];
}

interface Found {
  readonly text: string;
  readonly recent: readonly string[];
  readonly kept: KeptResults | null;
  readonly history: History;
}

export function groupsOf({ text, recent, kept, history }: Found): readonly Group[] {
  const screens = { heading: 'Go to', choices: screensFor(text).map(screenChoice) };
  if (text.trim() === '') return [recentGroup(recent), screens].filter(hasAny);
  const groups = [screens, ...(kept === null ? [] : keptGroups(kept)), ...historyGroups(kept, history)].filter(hasAny);
  const all: Choice = {
    value: 'all',
    shown: { kind: 'words', words: `All results for “${text.trim()}”` },
    act: { kind: 'go', address: searchAddress(text.trim()) },
  };
  return [...groups, { heading: 'More', choices: [all] }];
}

function hasAny({ choices }: Group): boolean {
  return choices.length > 0;
}

function recentGroup(recent: readonly string[]): Group {
  const choices = recent.map((text): Choice => ({
    value: `recent ${text}`,
    shown: { kind: 'words', words: text },
    act: { kind: 'type', text },
  }));
  const forget: Choice = {
    value: 'forget',
    shown: { kind: 'words', words: 'Clear recent searches' },
    act: { kind: 'forget' },
  };
  return { heading: 'Searched for before', choices: choices.length === 0 ? [] : [...choices, forget] };
}

function screenChoice(screen: Screen): Choice {
  return {
    value: `screen ${screen.address}`,
    shown: { kind: 'screen', screen },
    act: { kind: 'go', address: screen.address },
  };
}

function keptGroups({ personas, sessions, items, messages }: KeptResults): Group[] {
  return [
    {
      heading: headed('Personas', personas),
      choices: personas.hits.map((hit) => choice('persona', hit.id, { kind: 'persona', hit }, personaAddress(hit.id))),
    },
    {
      heading: headed('Sessions', sessions),
      choices: sessions.hits.map((hit) => choice('session', hit.id, { kind: 'session', hit }, sessionAddress(hit.id))),
    },
    {
      heading: headed('Memory', items),
      choices: items.hits.map((hit) => choice('item', hit.id, { kind: 'item', hit }, itemAddress(hit))),
    },
    { heading: headed('Kept messages', messages), choices: messages.hits.map(messageChoice) },
  ];
}

function historyGroups(kept: KeptResults | null, history: History): Group[] {
  if (!('progress' in history)) return [];
  const { hits, found } = history.progress;
  const known = new Set(kept?.messages.hits.map(({ id }) => id));
  const others = hits.filter(({ id }) => !known.has(id));
  return [{ heading: headed('Whole history', { total: found, hits: others }), choices: others.map(messageChoice) }];
}

function messageChoice(hit: MessageHit): Choice {
  return choice('message', `${hit.sessionId} ${hit.id}`, { kind: 'message', hit }, messageAddress(hit));
}

function choice(kind: string, id: string, shown: Shown, address: string): Choice {
  return { value: `${kind} ${id}`, shown, act: { kind: 'go', address } };
}

/** `Sessions, 5 of 12` */
function headed(name: string, { total, hits }: { readonly total: number; readonly hits: readonly unknown[] }): string {
  return total > hits.length ? `${name}, ${number(hits.length)} of ${number(total)}` : name;
}
