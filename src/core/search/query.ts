/**
 * What a person types into the search box: words, "phrases in quotes", and filters as words. Never throws; what is not understood is
 * left out and said. The words are described in docs/search.md.
 */
import type { SearchFilters } from '../model/search-views.ts';
import { searchable } from './fold.ts';
import type { Term } from './match.ts';
import { parseMoment } from './moment.ts';

export interface SearchQuery {
  readonly terms: readonly Term[];
  readonly filters: SearchFilters;
  /** Also what tools were given and gave back. */
  readonly inTools: boolean;
  readonly notes: readonly string[];
}

const NO_FILTERS: SearchFilters = {
  tool: null,
  project: null,
  persona: null,
  role: null,
  since: null,
  until: null,
};

const MOST_UNITS = 1000;
const MOST_TERMS = 24;
const KEYS = ['tool', 'project', 'persona', 'role', 'since', 'until', 'in'] as const;
type Key = (typeof KEYS)[number];

/** @param timeZone IANA name: days are days there */
export function parseQuery(typed: string, timeZone: string): SearchQuery {
  const text = typed.slice(0, MOST_UNITS).replaceAll(/[“”„]/g, '"');
  const notes = typed.length > MOST_UNITS ? [`Only the first ${MOST_UNITS} characters were looked for.`] : [];
  const terms: Term[] = [];
  const read = new FilterReader(timeZone, notes);
  for (const { key, value, isQuoted, isOpen } of piecesOf(text)) {
    if (key !== null) read.take(key, value);
    else terms.push(...termOf(value, isQuoted, isOpen));
  }
  if (terms.length > MOST_TERMS) notes.push(`Only the first ${MOST_TERMS} words were looked for.`);
  return { terms: terms.slice(0, MOST_TERMS), filters: read.filters, inTools: read.inTools, notes };
}

interface Piece {
  readonly key: Key | null;
  readonly value: string;
  readonly isQuoted: boolean;
  /** The person may still be typing it. */
  readonly isOpen: boolean;
}

const PIECE = /(?:([a-z]+):)?(?:"([^"]*)("|$)|(\S+))/giy;

function* piecesOf(text: string): Generator<Piece> {
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    PIECE.lastIndex = at;
    const found = PIECE.exec(text);
    // anything but white space is a piece
    if (found === null) return;
    at = PIECE.lastIndex;
    const piece = pieceOf(found, at === text.length);
    if (!isUnfinished(piece)) yield piece;
  }
}

function pieceOf([all, name, quoted, quoteEnd, bare]: RegExpExecArray, isLast: boolean): Piece {
  const key = KEYS.find((each) => each === name?.toLowerCase()) ?? null;
  const isQuoted = quoted !== undefined && (key !== null || name === undefined);
  const value = key === null && name !== undefined ? all : (quoted ?? bare ?? '');
  return { key, value, isQuoted, isOpen: isLast && (!isQuoted || quoteEnd === '') };
}

/** A filter of which only the name was typed. */
function isUnfinished({ key, value }: Piece): boolean {
  return key === null && KEYS.some((each) => value.toLowerCase() === `${each}:`);
}

function termOf(value: string, isQuoted: boolean, isOpen: boolean): Term[] {
  const { folded } = searchable(value);
  const words = (isQuoted ? folded : folded.replaceAll('"', '')).split(' ').filter((word) => word !== '');
  return words.length === 0 ? [] : [{ words, whole: !isOpen }];
}

class FilterReader {
  filters: SearchFilters = NO_FILTERS;
  inTools = false;
  readonly #timeZone: string;
  readonly #notes: string[];

  constructor(timeZone: string, notes: string[]) {
    this.#timeZone = timeZone;
    this.#notes = notes;
  }

  take(key: Key, value: string): void {
    if (value.trim() === '') return;
    switch (key) {
      case 'project':
      case 'persona':
        this.#set({ [key]: value });
        return;
      case 'tool':
        this.#choose('tool', value, { opencode: 'opencode', claude: 'claude', 'claude-code': 'claude' });
        return;
      case 'role':
        this.#choose('role', value, { user: 'user', human: 'user', assistant: 'assistant', agent: 'assistant' });
        return;
      case 'since':
      case 'until':
        this.#date(key, value);
        return;
      case 'in':
        if (begins(value, ['tools'])) this.inTools = true;
        else this.#notes.push(`“in:${value}” is not known: it can be in:tools.`);
    }
  }

  #set(change: Partial<SearchFilters>): void {
    this.filters = { ...this.filters, ...change };
  }

  #choose<T extends string>(key: 'tool' | 'role', value: string, names: Readonly<Record<string, T>>): void {
    const name = begins(value, Object.keys(names));
    if (name === undefined) {
      const called = key === 'tool' ? ' A tool that agents called is found by its name as a word, with in:tools.' : '';
      this.#notes.push(`“${key}:${value}” is not known: it can be ${Object.keys(names).join(', ')}.${called}`);
    } else this.#set({ [key]: names[name] });
  }

  #date(key: 'since' | 'until', value: string): void {
    const time = parseMoment(value, key === 'since' ? 'first' : 'last', this.#timeZone);
    if (time === null) this.#notes.push(`“${key}:${value}” is no date: write it as ${key}:2026-01-31.`);
    else this.#set({ [key]: time });
  }
}

/** The first name that begins so: a person may still be typing it. */
function begins(value: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(value.toLowerCase()));
}
