import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TranscriptMessage, TranscriptPart } from '../core/model/transcript.ts';
import { discover } from '../core/sources/discover.ts';
import type { Source } from '../core/sources/source.ts';
import { nodeEntries } from '../platform/node/node-entries.ts';
import { loadSqlJs } from '../platform/node/sql-js.ts';
import { CORPUS, hasCorpus } from './fixture-corpus.ts';

const never = new AbortController().signal;
const stores = hasCorpus
  ? ['opencode', 'claude'].flatMap((tool) =>
      readdirSync(join(CORPUS, tool))
        .filter((name) => existsSync(join(CORPUS, tool, name, 'oracle.json')))
        .map((name) => join(tool, name)),
    )
  : [];

/** One line there has no type: it is shown as it stands. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = { 'claude/daaain-claude-code-log': [''] };

async function sourcesOf(store: string): Promise<Source[]> {
  const entries = await nodeEntries([join(CORPUS, store)]);
  const { sources } = await discover(entries, { loadSqlJs }, never);
  const opened = await Promise.allSettled(sources.map((found) => found.open()));
  return opened.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

function spokenIn({ parts }: TranscriptMessage): string {
  return parts
    .flatMap((part) => (part.kind === 'text' && part.spoken && part.text.trim() !== '' ? [part.text] : []))
    .join('\n\n');
}

describe.skipIf(!hasCorpus)('every session of stores by genuine programs, as a transcript', () => {
  it.each(stores)('%s', { timeout: 120_000 }, async (store) => {
    const unknown = new Map<string, TranscriptPart>();
    for (const source of await sourcesOf(store)) {
      const { heads } = await source.sessions(never);
      for (const { id } of heads) {
        const reader = await source.transcript(id, never);
        if (reader === null) throw new Error(`${id} is listed and can't be opened`);
        const ids = await reader.ids(never);
        const messages = await reader.messages(0, ids.length, never);
        expect(messages.map((message) => message.id)).toEqual(ids);
        expect(await reader.newest(7, never)).toEqual(messages.slice(-7));
        expect(await reader.messages(2, 5, never)).toEqual(messages.slice(2, 5));

        const said = new Map(messages.map((message) => [message.id, spokenIn(message)]));
        for (const message of (await source.messages(id, never)).messages)
          expect([message.id, said.get(message.id)]).toEqual([message.id, message.text]);
        for (const { parts } of messages)
          for (const part of parts) if (part.kind === 'unknown') unknown.set(part.type, part);
      }
      source.close();
    }
    expect([...unknown.keys()]).toEqual(UNKNOWN[store] ?? []);
  });
});
