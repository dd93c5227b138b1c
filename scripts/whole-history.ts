/**
 * Takes a whole history through import, extraction and ceremony, and looks at every commit: that each message is analysed once, that the
 * ledger has all of them, and how large state is.
 *
 * npx tsx scripts/whole-history.ts [DATABASE] [--latency MS] [--concurrency N]: with a latency, a model that finds nothing takes
 * the place of the built-in rules.
 */
import { parseArgs } from 'node:util';
import { runCycles } from '../src/core/archive-cycles.ts';
import { promptOf } from '../src/core/extraction/prompt.ts';
import { builtInProvider } from '../src/core/extraction/providers/built-in/built-in.ts';
import { done } from '../src/core/extraction/providers/failures.ts';
import type { Provider } from '../src/core/extraction/providers/provider.ts';
import { flagsIn } from '../src/core/import/ledger.ts';
import { STATE_LIMIT_BYTES } from '../src/core/model/constants.ts';
import { ledgerKey } from '../src/core/model/ledger.ts';
import { isFullyExtracted, isUtilityAgent } from '../src/core/model/message.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import { parseGroup } from '../src/core/state/migrate.ts';
import { decodeLedger } from '../src/core/state/serialise-memory.ts';
import { utf8Length } from '../src/core/state/utf8.ts';
import { openWorkspace } from '../src/core/workspace.ts';
import { nodeEntries } from '../src/platform/node/node-entries.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { latency: { type: 'string' }, concurrency: { type: 'string' } },
});
const entries = await nodeEntries([positionals[0] ?? '.cache/fixtures/opencode-S.db']);

class LookingStore extends MemoryStore {
  readonly sizes: number[] = [];
  ledger: ReturnType<typeof decodeLedger> = new Map();
  #bytes = new Map<string, number>();

  override async commit(writes: ReadonlyMap<string, string | null>): Promise<void> {
    await super.commit(writes);
    for (const [key, text] of writes) {
      if (!/^(state|injected)\//.test(key)) continue;
      if (text === null) this.#bytes.delete(key);
      else this.#bytes.set(key, utf8Length(text));
      if (key === 'state/ledger' && text !== null) this.ledger = decodeLedger(parseGroup(key, text));
    }
    this.sizes.push([...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0));
  }
}

const store = new LookingStore();
const times = new Map<string, number>();
let [sent, history] = [0, 0];

function watched(provider: Provider): Provider {
  return {
    ...provider,
    async extract(call, signal) {
      for (const { message, purpose, piece, tokens } of call.chunk.parts) {
        if (purpose !== 'analyse') continue;
        history += tokens;
        const key = `${message.sessionId}/${message.id}`;
        if (piece === 0) times.set(key, (times.get(key) ?? 0) + 1);
      }
      if (provider.needsNetwork) {
        const { system, user } = promptOf(call);
        sent += (system.length + user.length) / 4;
      }
      return provider.extract(call, signal);
    },
  };
}

function slowModel(latency: number): Provider {
  const nothing = { notInMessage: 0, notProse: 0, notHuman: 0, withoutEvidence: 0, unusable: 0 };
  return {
    ...builtInProvider(),
    name: 'openai',
    needsNetwork: true,
    async extract() {
      await new Promise((resolve) => {
        setTimeout(resolve, latency);
      });
      return done({ found: { findings: [], dropped: nothing }, usage: null });
    },
  };
}

const workspace = await openWorkspace({
  store,
  loadSqlJs,
  now: () => Date.UTC(2026, 10, 21, 16),
  newDeviceId: () => 'device',
  timeZone: 'UTC',
});
await workspace.changeExtractionSettings({ concurrency: Number(values.concurrency ?? 1) });
const began = performance.now();
const provider = watched(values.latency === undefined ? builtInProvider() : slowModel(Number(values.latency)));
const outcome = await runCycles(workspace, entries, { provider });
const seconds = (performance.now() - began) / 1_000;
if (!outcome.ok) throw new Error(outcome.problems[0]?.message);

let [all, missing] = [0, 0];
for (const { sessionId } of workspace.sessions({ folded: true }).rows) {
  const transcript = await workspace.transcript(sessionId, entries);
  if (!transcript.ok) throw new Error(transcript.problem.message);
  for (const { id, time, text, summary, agent } of transcript.messages) {
    if (text === '' || summary || isUtilityAgent(agent)) continue;
    all += 1;
    const flags = flagsIn(store.ledger.get(sessionId), { id, time, key: ledgerKey(id, text) });
    if (!isFullyExtracted(flags)) missing += 1;
  }
}
const { cycles, messages, tokens, calls, items } = outcome.report;
const report = {
  seconds: Number(seconds.toFixed(1)),
  messagesInHistory: all,
  notInLedger: missing,
  analysed: messages,
  analysedTwice: [...times.values()].filter((count) => count > 1).length,
  messagesASecond: Math.round(messages / seconds),
  cycles,
  calls,
  tokens,
  tokensSent: Math.round(sent),
  sentOverHistory: sent === 0 ? null : Number((sent / history).toFixed(3)),
  items,
  commits: store.sizes.length,
  mostBytes: Math.max(...store.sizes),
  bytesAtTheEnd: store.sizes.at(-1),
  ledgerBytes: utf8Length((await store.read(['state/ledger'])).get('state/ledger') ?? ''),
  withinLimit: Math.max(...store.sizes) <= STATE_LIMIT_BYTES,
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
if (missing > 0 || report.analysedTwice > 0 || !report.withinLimit) process.exitCode = 1;
