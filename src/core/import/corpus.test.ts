/** Every store of the corpus in one import: each session and each message once, whatever stores hold it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Tally } from '../model/receipt.ts';
import { diskFolder } from '../sources/opencode-shared/fixture-disk.ts';
import { CORPUS, hasCorpus } from '../sources/opencode-shared/fixture-oracle.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { openWorkspace } from '../workspace.ts';

const Named = v.object({ id: v.string() });
const Oracle = v.object({ sessions: v.array(v.object({ ...Named.entries, messages: v.array(Named) })) });

function readOracle(store: string): v.InferOutput<typeof Oracle> {
  return v.parse(Oracle, JSON.parse(readFileSync(join(CORPUS, store, 'oracle.json'), 'utf8')));
}

const SUM: (tally: Tally) => number = (tally) => tally.new + tally.updated + tally.unchanged + tally.skipped;

test.skipIf(!hasCorpus).each([false, true])(
  'all stores together are the union of each (turned: %s)',
  async (isTurned) => {
    const SQL = await initSqlJs();
    const workspace = await openWorkspace({
      store: new MemoryStore(),
      loadSqlJs: () => Promise.resolve(SQL),
      now: () => Date.UTC(2026, 10, 21),
      newDeviceId: () => 'device',
      timeZone: 'UTC',
    });
    const names = readdirSync(CORPUS).filter((name) => !name.startsWith('.'));
    const stores = names.map((name) => diskFolder(join(CORPUS, name)));
    const outcome = await workspace.import(isTurned ? stores.toReversed() : stores);
    if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));

    const messages = new Map<string, Set<string>>();
    for (const { sessions } of names.map(readOracle)) {
      for (const session of sessions) {
        const ids = messages.get(session.id) ?? new Set();
        for (const { id } of session.messages) ids.add(id);
        messages.set(session.id, ids);
      }
    }
    const { rows } = workspace.sessions({ folded: false });
    expect(new Map(rows.map((row) => [row.sessionId, row.messageCount]))).toEqual(
      new Map([...messages].map(([id, ids]) => [id, ids.size])),
    );
    const { sources } = outcome.receipt;
    const total = (of: (source: (typeof sources)[number]) => number): number =>
      sources.reduce((sum, source) => sum + of(source), 0);
    expect(total(({ sessions }) => sessions.new)).toBe(messages.size);
    expect(total((source) => source.messages.new)).toBe([...messages.values()].reduce((sum, ids) => sum + ids.size, 0));
    for (const { sessions, messages: told, explained } of sources) {
      expect([SUM(sessions), SUM(told)]).toEqual([sessions.found, told.found]);
      const { forks: _forks, ...kinds } = explained?.sessions ?? { forks: 0 };
      const sum = (numbers: readonly number[]): number => numbers.reduce((whole, number) => whole + number, 0);
      expect(sum(Object.values(kinds))).toBe(sessions.found - sessions.skipped);
      expect(sum(Object.values(explained?.messages ?? {}))).toBe(told.found - told.skipped);
    }
  },
  120_000,
);
