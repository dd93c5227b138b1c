/**
 * A small world for tests: a history that is written to, a clock that jumps, a workspace that imports, extracts and tidies up, and
 * a store that may kill it at any commit. Whatever is committed is looked at there and then.
 */
import type { SqlJsStatic } from 'sql.js';
import type { ExtractionCall } from './extraction/call.ts';
import { FixtureProvider } from './extraction/fixture-provider.ts';
import { flagsIn } from './state/ledger-keys.ts';
import { FixtureStore } from './fixture-store.ts';
import type { Limits } from './model/constants.ts';
import { DAY_MS } from './model/constants.ts';
import { ledgerKey } from './model/ledger.ts';
import { isFullyExtracted } from './model/message.ts';
import { MemoryStore } from './state/memory-store.ts';
import { parseGroup } from './state/migrate.ts';
import { decodeMeta } from './state/serialise.ts';
import { decodeLedger } from './state/serialise-memory.ts';
import { utf8Length } from './state/utf8.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

export type Act =
  | {
      readonly act: 'say';
      readonly session: number;
      readonly agent: number;
      readonly count: number;
      readonly age: number;
      readonly units: number;
    }
  | { readonly act: 'change'; readonly which: number }
  | { readonly act: 'wait'; readonly days: number }
  | { readonly act: 'import' | 'ceremony'; readonly killAt: number | null }
  | {
      readonly act: 'extract';
      readonly killAt: number | null;
      readonly budget: number | null;
      readonly failing: number | null;
    }
  | { readonly act: 'decide'; readonly which: number; readonly how: 'confirm' | 'reject' | 'correct' };

interface Told {
  readonly id: string;
  readonly session: string;
  readonly agent: string;
  readonly role: 'user' | 'assistant';
  readonly time: number;
  text: string;
}

const BEGAN = Date.UTC(2026, 5, 1, 12);

export class World {
  readonly db: FixtureStore;
  readonly limits: Partial<Limits>;
  readonly provider = new FixtureProvider();
  readonly store: MortalStore;
  readonly told: Told[] = [];
  /** Messages that were to be analysed again though the ledger had them already. */
  readonly twice: string[] = [];
  /** What the person decided, by item. */
  readonly decided = new Map<string, { status: string; name: string }>();
  workspace!: Workspace;
  now = BEGAN;

  private constructor(SQL: SqlJsStatic, limits: Partial<Limits>) {
    this.db = new FixtureStore(SQL);
    this.limits = limits;
    this.store = new MortalStore();
    this.provider.before = (call) => {
      this.twice.push(...this.#known(call));
      return Promise.resolve();
    };
    this.#SQL = SQL;
  }

  readonly #SQL: SqlJsStatic;

  static async make(SQL: SqlJsStatic, limits: Partial<Limits>): Promise<World> {
    const world = new World(SQL, limits);
    await world.open();
    return world;
  }

  async open(): Promise<void> {
    this.store.killAt = null;
    this.workspace = await openWorkspace({
      store: this.store,
      loadSqlJs: () => Promise.resolve(this.#SQL),
      now: () => this.now,
      newDeviceId: () => 'device',
      timeZone: 'UTC',
    });
  }

  async do(act: Act): Promise<void> {
    switch (act.act) {
      case 'say':
        return this.#say(act);
      case 'change':
        return this.#change(act.which);
      case 'wait':
        this.now += act.days * DAY_MS;
        return;
      case 'decide':
        return this.#decide(act);
      case 'import':
        return this.#mortal(act.killAt, () => this.import());
      case 'ceremony':
        return this.#mortal(act.killAt, () => this.workspace.ceremony({ now: this.now, limits: this.limits }));
      case 'extract':
        return this.#mortal(act.killAt, () => this.extract(act.budget, act.failing));
    }
  }

  async import(): Promise<void> {
    if (this.told.length === 0) return;
    const outcome = await this.workspace.import(this.db.files(), { now: this.now, limits: this.limits });
    if (!outcome.ok && !this.store.isDead) throw new Error(outcome.problems[0]?.message);
  }

  /** @param failing every so manieth call goes wrong */
  async extract(budget: number | null = null, failing: number | null = null): Promise<void> {
    let calls = 0;
    this.provider.fault = () => {
      calls += 1;
      return failing !== null && calls % failing === 0 ? { code: 'invalid-reply' } : null;
    };
    const outcome = await this.workspace.extract(this.told.length === 0 ? [] : this.db.files(), {
      provider: this.provider,
      now: this.now,
      limits: this.limits,
      // nobody waits for a poisoned call here: another act will
      sleep: () => Promise.resolve(),
      ...(budget === null ? {} : { budgetTokens: budget }),
    });
    if (!outcome.ok && !this.store.isDead) throw new Error(outcome.problems[0]?.message);
  }

  /** Cycles until nothing is left to do now; what failed is tried again by hand. */
  async drain(): Promise<void> {
    for (let cycle = 0; cycle < 60; cycle++) {
      await this.import();
      const { jobs } = this.workspace.queue();
      for (const { id, state } of jobs) if (state === 'failed') await this.workspace.retryJob(id);
      if (!this.workspace.queue().jobs.some(({ state }) => state === 'queued')) return;
      await this.extract();
      await this.workspace.ceremony({ now: this.now, limits: this.limits });
      this.now += 10 * 60_000;
    }
    throw new Error('the queue never ends');
  }

  /** Messages of which the ledger does not say that all is done. */
  left(sessions?: ReadonlySet<string>): string[] {
    return this.told
      .filter(({ session }) => sessions === undefined || sessions.has(session))
      .filter(({ session, id, time, text }) => {
        const entry = this.store.ledger.get(session);
        return !isFullyExtracted(flagsIn(entry, { id, time, key: ledgerKey(id, text) }));
      })
      .map(({ id }) => id);
  }

  get cutoff(): number {
    return this.now - (this.limits.maxAgeDays ?? 14) * DAY_MS;
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

  #say({ session, agent, count, age, units }: Extract<Act, { act: 'say' }>): void {
    const id = `ses_${session}`;
    const first = Math.round(this.now - age * DAY_MS);
    if (!this.told.some((each) => each.session === id)) this.db.session(id, first);
    // whatever is written to a session moves its time
    else this.db.run('UPDATE session SET time_updated = time_updated + 1 WHERE id = ?', [id]);
    for (let at = 0; at < count; at++) {
      const message: Told = {
        id: `msg_${this.told.length}`,
        session: id,
        agent: ['build', 'plan'][agent] ?? 'build',
        role: at % 2 === 0 ? 'user' : 'assistant',
        time: first + at * 60_000,
        text: `Message ${this.told.length} says this.${' More words follow.'.repeat(units)}`,
      };
      this.told.push(message);
      this.db.message(message);
    }
  }

  /** The text of a message becomes another; its session's time moves, as the tool does it. */
  #change(which: number): void {
    const message = this.told[which % Math.max(1, this.told.length)];
    if (message === undefined) return;
    message.text += ' And then some.';
    this.db.message(message);
    this.db.run('UPDATE message SET time_updated = ? WHERE id = ?', [this.now, message.id]);
    this.db.run('UPDATE session SET time_updated = max(time_updated + 1, ?) WHERE id = ?', [this.now, message.session]);
  }

  async #decide({ which, how }: Extract<Act, { act: 'decide' }>): Promise<void> {
    const { items } = this.workspace.memory({ kind: 'trait' });
    const item = items[which % Math.max(1, items.length)];
    if (item === undefined) return;
    const name = `Called ${this.decided.size}`;
    const action = how === 'correct' ? ({ kind: how, id: item.id, name } as const) : { kind: how, id: item.id };
    const { status, name: called } = await this.workspace.changeItem(action);
    this.decided.set(item.id, { status, name: called });
  }

  #known({ chunk, kinds }: ExtractionCall): string[] {
    return chunk.parts.flatMap(({ purpose, message }) => {
      if (purpose !== 'analyse') return [];
      const key = ledgerKey(message.id, message.text);
      const flags = flagsIn(this.store.ledger.get(message.sessionId), { ...message, key });
      const has = { fact: flags.f, trait: flags.r, person: flags.p, topic: flags.o };
      return kinds.some((kind) => has[kind]) ? [message.id] : [];
    });
  }
}

/** Keeps groups in memory, and ends at the commit it is told to: just before it, or just after it. */
export class MortalStore extends MemoryStore {
  ledger: ReturnType<typeof decodeLedger> = new Map();
  /** The most that persona state took at any commit. */
  mostBytes = 0;
  /** As they were committed, one after the other. */
  readonly points: (number | null)[] = [];
  /** The commit, from 0; an odd one happens and then everything ends. Null: none. */
  killAt: number | null = null;
  isDead = false;
  /** How many there were. */
  commits = 0;
  #at = 0;

  override async commit(writes: ReadonlyMap<string, string | null>): Promise<void> {
    if (this.killAt === null) {
      this.isDead = false;
      this.#at = 0;
    }
    if (this.isDead) throw new Error('killed');
    const isLast = this.killAt !== null && this.#at === this.killAt >> 1;
    this.#at += 1;
    if (isLast && this.killAt !== null && this.killAt % 2 === 0) return this.#die();
    await super.commit(writes);
    this.commits += 1;
    await this.#look(writes);
    if (isLast) this.#die();
  }

  #die(): never {
    this.isDead = true;
    this.#at = 0;
    throw new Error('killed');
  }

  async #look(writes: ReadonlyMap<string, string | null>): Promise<void> {
    const ledger = writes.get('state/ledger');
    if (ledger !== undefined && ledger !== null) this.ledger = decodeLedger(parseGroup('state/ledger', ledger));
    const meta = writes.get('state/meta');
    if (meta !== undefined && meta !== null)
      this.points.push(decodeMeta(parseGroup('state/meta', meta)).extractionPoint);
    const groups = await this.read((await this.keys()).filter((key) => /^(state|injected)\//.test(key)));
    const bytes = [...groups.values()].reduce((sum, text) => sum + utf8Length(text), 0);
    this.mostBytes = Math.max(this.mostBytes, bytes);
  }
}
