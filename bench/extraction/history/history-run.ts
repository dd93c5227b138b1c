/** Takes a whole history through import, extraction and ceremony, and looks at every commit and at the ledger in the end. */
import * as v from 'valibot';
import { runCycles } from '../../../src/core/archive-cycles.ts';
import { builtInProvider } from '../../../src/core/extraction/providers/built-in/built-in.ts';
import { flagsIn } from '../../../src/core/state/ledger-keys.ts';
import type { LedgerEntry } from '../../../src/core/model/ledger.ts';
import { ledgerKey } from '../../../src/core/model/ledger.ts';
import { isFullyExtracted, isUtilityAgent } from '../../../src/core/model/message.ts';
import { FIXTURE_NOW } from '../../../src/core/sources/opencode-db/fixture-specs.ts';
import type { SourceEntry } from '../../../src/core/sources/byte-source.ts';
import type { Workspace } from '../../../src/core/workspace.ts';
import { openWorkspace } from '../../../src/core/workspace.ts';
import { nodeEntries } from '../../../src/platform/node/node-entries.ts';
import { loadSqlJs } from '../../../src/platform/node/sql-js.ts';
import { LookingStore } from './looking-store.ts';
import { startSlowModel } from './slow-model.ts';
import { watched } from './watched.ts';

export const HistoryRunSchema = v.object({
  seconds: v.number(),
  /** Of all the processor's cores: other work on the machine does not count. */
  processorSeconds: v.number(),
  sessions: v.number(),
  /** Messages of top-level sessions that a persona may keep, counted in the database. */
  messages: v.number(),
  /** Of these. */
  notInLedger: v.number(),
  analysed: v.number(),
  analysedTwice: v.number(),
  /** Tokens of what was analysed. */
  tokens: v.number(),
  cycles: v.number(),
  calls: v.number(),
  items: v.number(),
  /** What a model's server got; null with the built-in rules. */
  sent: v.nullable(v.object({ calls: v.number(), tokens: v.number() })),
  ledgerBytes: v.number(),
  /** One for each commit. */
  samples: v.array(v.object({ ms: v.number(), bytes: v.number() })),
});
export type HistoryRun = v.InferOutput<typeof HistoryRunSchema>;

export interface ModelOptions {
  readonly latencyMs: number;
  readonly concurrency: number;
}

/** @param model null: the built-in rules. Throws when the history does not go through. */
export async function runHistory(database: string, model: ModelOptions | null): Promise<HistoryRun> {
  const entries = await nodeEntries([database]);
  const slow = model === null ? null : await startSlowModel(model.latencyMs);
  const store = new LookingStore();
  const seen = watched(slow === null ? builtInProvider() : slow.provider);
  const workspace = await openWorkspace({
    store,
    loadSqlJs,
    now: () => FIXTURE_NOW,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
  if (model !== null) await workspace.changeExtractionSettings({ concurrency: model.concurrency });
  const began = performance.now();
  const before = process.cpuUsage();
  const outcome = await runCycles(workspace, entries, { provider: seen.provider });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(before);
  await slow?.stop();
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  const { cycles, calls, items, left, problems } = outcome.report;
  if (left > 0) throw new Error(`${left} sessions are left. ${problems.map(({ message }) => message).join('\n')}`);
  return {
    seconds,
    processorSeconds: (user + system) / 1e6,
    ...(await held(workspace, entries, await store.ledger())),
    analysed: seen.times.size,
    analysedTwice: [...seen.times.values()].filter((count) => count > 1).length,
    tokens: seen.tokens,
    cycles,
    calls,
    items,
    sent: slow?.sent() ?? null,
    ledgerBytes: store.ledgerBytes,
    samples: store.samples,
  };
}

/** Every message of every top-level session, read anew, held against the ledger. */
async function held(
  workspace: Workspace,
  entries: readonly SourceEntry[],
  ledger: ReadonlyMap<string, LedgerEntry>,
): Promise<Pick<HistoryRun, 'sessions' | 'messages' | 'notInLedger'>> {
  const { rows } = workspace.sessions({ folded: true });
  let [messages, notInLedger] = [0, 0];
  for (const { sessionId } of rows) {
    const transcript = await workspace.transcript(sessionId, entries);
    if (!transcript.ok) throw new Error(transcript.problem.message);
    for (const { id, time, text, summary, agent } of transcript.messages) {
      if (text === '' || summary || isUtilityAgent(agent)) continue;
      messages += 1;
      const flags = flagsIn(ledger.get(sessionId), { id, time, key: ledgerKey(id, text) });
      if (!isFullyExtracted(flags)) notInLedger += 1;
    }
  }
  return { sessions: rows.length, messages, notInLedger };
}
