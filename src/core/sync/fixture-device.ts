/** A device for tests: a history of its own, a store, a clock, and a way to the relay that can be cut and watched. */
import initSqlJs from 'sql.js';
import { FixtureProvider } from '../extraction/fixture-provider.ts';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import type { SyncReport } from '../model/sync-views.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { shardsOf } from '../state/shards.ts';
import { loadState } from '../state/state-keeper.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import type { SyncPorts } from './relay-request.ts';

export const NOW = Date.UTC(2026, 10, 21, 9);

const loading = initSqlJs();

/** What happens to a request: nothing, it is lost on its way, or its answer is. */
export type Fate = 'arrives' | 'lost' | 'answer lost';

/** What was asked for, as it went over the wire. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly text: string;
  readonly fate: Fate;
}

export class FixtureDevice {
  readonly name: string;
  readonly db: FixtureStore;
  readonly relay: string;
  readonly sent: Sent[] = [];
  /** Requests under way at a time, at most. */
  most = 0;
  store = new MemoryStore();
  workspace!: Workspace;
  now = NOW;
  fate: (method: string) => Fate = () => 'arrives';
  #said = 0;
  #underWay = 0;

  private constructor(name: string, relay: string, db: FixtureStore) {
    this.name = name;
    this.relay = relay;
    this.db = db;
  }

  static async make(name: string, relay: string): Promise<FixtureDevice> {
    const device = new FixtureDevice(name, relay, new FixtureStore(await loading, `${name}/opencode.db`));
    await device.open();
    return device;
  }

  /** Opens what is kept, as after a restart. */
  async open(): Promise<void> {
    this.workspace = await openWorkspace({
      store: this.store,
      loadSqlJs: () => loading,
      now: () => this.now,
      newDeviceId: () => this.name,
      timeZone: 'UTC',
      sync: this.ports,
    });
  }

  /** Messages in a session of this device, at this moment. */
  say(session: string, ...texts: string[]): void {
    const id = `ses_${session}`;
    this.db.session(id, this.now - DAY_MS, { updated: this.now, directory: `/home/nora/src/${session}` });
    for (const text of texts) {
      this.#said += 1;
      this.db.message({ id: `msg_${this.name}_${this.#said}`, session: id, time: this.now + this.#said, text });
    }
  }

  async import(): Promise<void> {
    this.now += 60_000;
    const outcome = await this.workspace.import(this.db.files(), { now: this.now });
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  }

  async extract(): Promise<void> {
    const outcome = await this.workspace.extract(this.db.files(), { provider: new FixtureProvider() });
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  }

  /** Syncs; throws what went wrong. */
  async sync(): Promise<SyncReport> {
    const outcome = await this.workspace.sync.sync();
    if (outcome.ok) return outcome.report;
    throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`);
  }

  /** @returns the words */
  async make(): Promise<string> {
    const outcome = await this.workspace.sync.make(this.relay);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    return (await this.workspace.sync.words()) ?? '';
  }

  async join(words: string): Promise<SyncReport> {
    const outcome = await this.workspace.sync.join(words, this.relay);
    if (outcome.ok) return outcome.report;
    throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`);
  }

  /** Everything it shares: equal on two devices that are one. */
  async shared(): Promise<Record<string, string>> {
    const { keeper } = await loadState(this.store, () => this.name, this.now);
    return Object.fromEntries([...shardsOf(keeper.state)].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  texts(persona = 'opencode:build'): string[] {
    return (this.workspace.kept(persona) ?? []).map(({ text }) => text);
  }

  get ports(): SyncPorts {
    return {
      fetch: (url, init) => this.#fetch(url, init),
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      // nobody waits in a test
      sleep: () => Promise.resolve(),
      random: () => 0.5,
      origin: null,
    };
  }

  #fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const fate = this.fate(request.method);
    const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const text = `${headers}\n\n${typeof init?.body === 'string' ? init.body : ''}`;
    this.sent.push({ method: request.method, url: request.url, text, fate });
    if (fate === 'lost') throw new TypeError('fetch failed');
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    const response = await fetch(input, init).finally(() => (this.#underWay -= 1));
    if (fate === 'arrives') return response;
    await response.body?.cancel();
    throw new TypeError('terminated');
  };
}

/** Two devices, each with messages of its own, that share a vault; and its words. */
export async function pairAt(relay: string): Promise<[FixtureDevice, FixtureDevice, string]> {
  const [tower, laptop] = [await FixtureDevice.make('tower', relay), await FixtureDevice.make('laptop', relay)];
  tower.say('ferry', 'I use tabs.', 'The ferry leaves at eight.');
  laptop.say('fjord', 'I use spaces.');
  await tower.import();
  await laptop.import();
  const words = await tower.make();
  await laptop.join(words);
  await settle(tower, laptop);
  return [tower, laptop, words];
}

/** Syncs in turn until nobody has anything new. */
export async function settle(...devices: readonly FixtureDevice[]): Promise<void> {
  for (let round = 0; round < 10; round++) {
    let moved = 0;
    for (const each of devices) {
      // eslint-disable-next-line no-await-in-loop -- one after the other, as people do
      const { pulled, pushed } = await each.sync();
      moved += pulled + pushed;
    }
    if (moved === 0) return;
  }
  throw new Error('they never agree');
}
