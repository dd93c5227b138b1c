/**
 * Several devices of one person for tests: each a real workspace over its own store, with its own clock, reading a history they
 * all have and one of its own; and a small vault, shards with compare-and-swap, in between. What has to hold is looked at after each act.
 */
import type { SqlJsStatic } from 'sql.js';
import { FixtureProvider } from './extraction/fixture-provider.ts';
import { MortalStore } from './fixture-world.ts';
import { FixtureStore } from './fixture-store.ts';
import { preparedWithin } from './import/shrink.ts';
import type { Limits } from './model/constants.ts';
import { DAY_MS, DEFAULT_LIMITS } from './model/constants.ts';
import { ledgerKey } from './model/ledger.ts';
import type { ItemAction } from './model/memory-views.ts';
import { isFullyExtracted } from './model/message.ts';
import type { SourceFile } from './sources/byte-source.ts';
import { flagsIn } from './state/ledger-keys.ts';
import { mergeStates } from './state/merge.ts';
import type { ItemRecord, PersonaState } from './state/records.ts';
import { readShards, shardsOf } from './state/shards.ts';
import { loadState } from './state/state-keeper.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

export type FleetAct =
  | {
      readonly act: 'say';
      /** Which history: 0 is the one that all devices have. */
      readonly where: number;
      readonly session: number;
      readonly agent: number;
      readonly count: number;
      readonly age: number;
      readonly units: number;
    }
  | { readonly act: 'wait'; readonly days: number }
  | { readonly act: 'import' | 'ceremony'; readonly device: number; readonly killAt: number | null }
  | { readonly act: 'extract'; readonly device: number; readonly killAt: number | null; readonly budget: number | null }
  | {
      readonly act: 'decide';
      readonly device: number;
      readonly which: number;
      readonly how: ItemAction['kind'] | 'undo';
    }
  | { readonly act: 'pull' | 'restart'; readonly device: number }
  /** So many puts and then nothing; null: all of them. Some a second time, as when the answer was lost. */
  | { readonly act: 'push'; readonly device: number; readonly upTo: number | null; readonly twice: boolean };

interface Told {
  readonly id: string;
  readonly session: string;
  readonly time: number;
  readonly text: string;
  readonly persona: string;
  readonly where: number;
}

const BEGAN = Date.UTC(2026, 5, 1, 12);

/** Shards under compare-and-swap: a put or delete with another sequence number than the present one does nothing. */
export class FixtureVault {
  readonly shards = new Map<string, { readonly seq: number; readonly text: string }>();
  puts = 0;
  #seq = 0;

  put(name: string, text: string | null, known: number | null): boolean {
    if ((this.shards.get(name)?.seq ?? null) !== known) return false;
    this.puts += 1;
    if (text === null) this.shards.delete(name);
    else this.shards.set(name, { seq: (this.#seq += 1), text });
    return true;
  }
}

export class Fleet {
  readonly devices: Device[];
  readonly vault = new FixtureVault();
  readonly told: Told[] = [];
  /** What a person last did to an item, by the versions they were given. */
  readonly decisions = new Map<string, { readonly decided: string; readonly how: string; readonly name: string }>();
  readonly #histories: FixtureStore[];
  now = BEGAN;

  /** @param offsets how far each device's clock is off, ms */
  constructor(SQL: SqlJsStatic, limits: Partial<Limits>, offsets: readonly number[]) {
    this.#histories = [0, ...offsets].map((_, at) => new FixtureStore(SQL, `history-${at}/opencode.db`));
    this.devices = offsets.map(
      (offset, at) => new Device(SQL, `device${at}`, { ...DEFAULT_LIMITS, ...limits }, () => this.now + offset),
    );
  }

  close(): void {
    for (const { db } of this.#histories) db.close();
  }

  async open(): Promise<void> {
    for (const device of this.devices) await device.open();
  }

  async do(act: FleetAct): Promise<void> {
    if (act.act === 'say') return this.#say(act);
    if (act.act === 'wait') {
      this.now += act.days * DAY_MS;
      return;
    }
    // no two things happen at the same moment of a clock
    this.now += 1_000;
    const at = act.device % this.devices.length;
    const device = this.devices[at];
    if (device === undefined) return;
    if (act.act === 'import') await device.import(this.#files(at), act.killAt);
    else if (act.act === 'extract') await device.extract(this.#files(at), act.killAt, act.budget);
    else if (act.act === 'ceremony') await device.ceremony(act.killAt);
    else if (act.act === 'decide') await this.#decide(device, act);
    else if (act.act === 'restart') await device.open();
    else if (act.act === 'push') device.push(this.vault, act.upTo, act.twice);
    else await device.pull(this.vault);
    await device.look();
  }

  /** Each device syncs in turn until none has anything to say. @returns how many rounds that took, the last one included */
  async settle(): Promise<number> {
    for (let round = 1; round < 12; round += 1) {
      const puts = this.vault.puts;
      let changed = false;
      for (const device of this.devices) {
        this.now += 1_000;
        changed = (await device.pull(this.vault)) || changed;
        device.push(this.vault, null, false);
        await device.look();
      }
      if (!changed && this.vault.puts === puts) return round;
    }
    throw new Error('the devices never agree');
  }

  /** Until every device has done all that it can. */
  async drain(): Promise<void> {
    for (let cycle = 0; cycle < 40; cycle += 1) {
      let left = 0;
      for (const [at, device] of this.devices.entries()) {
        this.now += 600_000;
        await device.import(this.#files(at), null);
        left += await device.extract(this.#files(at), null, null);
        await device.look();
      }
      await this.settle();
      if (left === 0) return;
    }
    throw new Error('the queues never end');
  }

  #files(device: number): SourceFile[] {
    const has = (where: number): boolean => this.told.some((each) => each.where === where);
    return [0, device + 1].filter(has).flatMap((where) => this.#histories[where]?.files() ?? []);
  }

  #say({ where, session, agent, count, age, units }: Extract<FleetAct, { act: 'say' }>): void {
    const place = where % this.#histories.length;
    const db = this.#histories[place];
    if (db === undefined) return;
    const id = `ses_${place}_${session}`;
    const first = Math.round(this.now - age * DAY_MS);
    const agentId = ['build', 'plan'][agent] ?? 'build';
    if (!this.told.some((each) => each.session === id)) db.session(id, first);
    else db.run('UPDATE session SET time_updated = time_updated + 1 WHERE id = ?', [id]);
    for (let at = 0; at < count; at++) {
      const said = this.told.length;
      const text = `Wants thing ${said % 7}.\nThis is ${said}.${' More words follow.'.repeat(units)}`;
      const message = { id: `msg_${said}`, session: id, time: first + at * 60_000, text };
      this.told.push({ ...message, persona: `opencode:${agentId}`, where: place });
      db.message({ ...message, agent: agentId, role: at % 3 === 2 ? 'assistant' : 'user' });
    }
  }

  async #decide(device: Device, { which, how }: Extract<FleetAct, { act: 'decide' }>): Promise<void> {
    const changed = await device.decide(which, how, `Called ${this.decisions.size}`);
    for (const { id, decided, name } of changed) {
      const known = this.decisions.get(id);
      if (known === undefined || decided > known.decided) this.decisions.set(id, { decided, how, name });
    }
  }
}

export class Device {
  readonly store = new MortalStore();
  readonly provider = new FixtureProvider();
  workspace!: Workspace;
  /** What went wrong, in words. */
  readonly wrong: string[] = [];
  readonly #SQL: SqlJsStatic;
  readonly #id: string;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #seqs = new Map<string, number>();
  readonly #kept = new Map<string, Set<string>>();
  readonly #letGo = new Set<string>();
  #done = new Map<string, Set<string>>();

  constructor(SQL: SqlJsStatic, id: string, limits: Limits, now: () => number) {
    this.#SQL = SQL;
    this.#id = id;
    this.#limits = limits;
    this.#now = now;
    this.provider.before = (call) => {
      for (const { purpose, message } of call.chunk.parts) {
        const flags = flagsIn(this.store.ledger.get(message.sessionId), {
          ...message,
          key: ledgerKey(message.id, message.text),
        });
        if (purpose === 'analyse' && isFullyExtracted(flags)) this.wrong.push(`${message.id} is analysed twice`);
      }
      return Promise.resolve();
    };
  }

  async open(): Promise<void> {
    this.store.killAt = null;
    this.workspace = await openWorkspace({
      store: this.store,
      loadSqlJs: () => Promise.resolve(this.#SQL),
      now: this.#now,
      newDeviceId: () => this.#id,
      timeZone: 'UTC',
    });
  }

  async import(files: readonly SourceFile[], killAt: number | null): Promise<void> {
    if (files.length === 0) return;
    await this.#mortal(killAt, () => this.workspace.import(files, { now: this.#now(), limits: this.#limits }));
  }

  /** @returns how many jobs there were */
  async extract(files: readonly SourceFile[], killAt: number | null, budget: number | null): Promise<number> {
    const { jobs } = this.workspace.queue();
    await this.#mortal(killAt, () =>
      this.workspace.extract(files, {
        provider: this.provider,
        now: this.#now(),
        limits: this.#limits,
        sleep: () => Promise.resolve(),
        ...(budget === null ? {} : { budgetTokens: budget }),
      }),
    );
    return jobs.filter(({ state }) => state === 'queued').length;
  }

  async ceremony(killAt: number | null): Promise<void> {
    await this.#mortal(killAt, () => this.workspace.ceremony({ now: this.#now(), limits: this.#limits }));
  }

  /** @returns the records that were decided about */
  async decide(which: number, how: ItemAction['kind'] | 'undo', name: string): Promise<DecidedRecord[]> {
    const before = await this.state();
    if (how === 'undo') await this.workspace.undoItem();
    else {
      const { items } = this.workspace.memory({ kind: 'trait' });
      const [item, other] = [items[which % Math.max(1, items.length)], items[(which + 1) % Math.max(1, items.length)]];
      if (item === undefined || other === undefined) return [];
      if (how === 'merge' && item.id === other.id) return [];
      if (how === 'merge') await this.workspace.changeItem({ kind: how, ids: [item.id, other.id], into: item.id });
      else await this.workspace.changeItem({ kind: how, id: item.id, ...(how === 'correct' ? { name } : {}) });
    }
    const { items, gone } = await this.state();
    const changed = [...items.values()].filter(
      ({ id, decided }) => decided !== (before.items.get(id)?.decided ?? null),
    );
    const deleted = [...gone.deleted].filter(([id, when]) => before.gone.deleted.get(id) !== when);
    return [
      ...changed.map(({ id, decided, name: called }) => ({ id, decided: decided ?? '', name: called })),
      ...deleted.map(([id, decided]) => ({ id, decided, name: '' })),
    ];
  }

  /** As a client does it: what is in the vault is merged in one commit, then the program goes on. @returns whether anything changed */
  async pull(vault: FixtureVault): Promise<boolean> {
    const { keeper } = await loadState(this.store, () => this.#id, this.#now());
    this.#seqs.clear();
    for (const [name, { seq }] of vault.shards) this.#seqs.set(name, seq);
    const remote = readShards([...vault.shards].map(([name, { text }]): [string, string] => [name, text]));
    const { state, changed } = mergeStates(keeper.state, remote, { now: this.#now(), limits: this.#limits });
    if (!changed) return false;
    const before = this.#counts(keeper.state);
    const { prepared } = preparedWithin(keeper, state, this.#limits);
    if (prepared.bytes > this.#limits.stateLimitBytes) this.wrong.push(`${prepared.bytes} bytes after a merge`);
    await this.store.commit(prepared.writes);
    await this.open();
    const after = this.#counts(await this.state());
    for (const [id, count] of before)
      if ((after.get(id) ?? 0) < Math.min(count, this.#limits.minMessages)) this.wrong.push(`${id} keeps too few`);
    return true;
  }

  push(vault: FixtureVault, upTo: number | null, twice: boolean): void {
    const changes = this.#changes(vault);
    for (const [name, text] of changes.slice(0, upTo ?? changes.length)) {
      const seq = this.#seqs.get(name) ?? null;
      vault.put(name, text, seq);
      if (twice) vault.put(name, text, seq);
    }
  }

  async state(): Promise<PersonaState> {
    return (await loadState(this.store, () => this.#id, this.#now())).keeper.state;
  }

  shards: ReadonlyMap<string, string> = new Map();

  /** What has to hold after whatever was done. */
  async look(): Promise<void> {
    const state = await this.state();
    this.shards = shardsOf(state);
    for (const [persona, { messages }] of state.personas) {
      const kept = new Set(messages.filter(({ injected }) => !injected).map(({ id }) => id));
      for (const id of this.#kept.get(persona) ?? []) if (!kept.has(id)) this.#letGo.add(`${persona} ${id}`);
      for (const id of kept) if (this.#letGo.has(`${persona} ${id}`)) this.wrong.push(`${id} of ${persona} came back`);
      this.#kept.set(persona, kept);
    }
    const done = new Map([...state.ledger].map(([id, { done }]) => [id, new Set(keysIn(done['prof'] ?? ''))]));
    for (const [id, keys] of this.#done)
      for (const key of keys) if (!done.get(id)?.has(key)) this.wrong.push(`a message of ${id} is not done any more`);
    this.#done = done;
  }

  #changes(vault: FixtureVault): [string, string | null][] {
    const put = [...this.shards].filter(([name, text]) => vault.shards.get(name)?.text !== text);
    const gone = [...this.#seqs.keys()].filter((name) => !this.shards.has(name) && vault.shards.has(name));
    return [...put, ...gone.map((name): [string, null] => [name, null])];
  }

  #counts({ personas }: PersonaState): Map<string, number> {
    return new Map([...personas].map(([id, group]) => [id, group.messages.filter(({ injected }) => !injected).length]));
  }

  async #mortal(killAt: number | null, work: () => Promise<unknown>): Promise<void> {
    this.store.killAt = killAt;
    try {
      await work();
    } finally {
      if (this.store.isDead) await this.open();
      this.store.killAt = null;
    }
  }
}

type DecidedRecord = Pick<ItemRecord, 'id' | 'name'> & { readonly decided: string };

function keysIn(joined: string): string[] {
  return joined.match(/.{8}/g) ?? [];
}
