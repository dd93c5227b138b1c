/** The worker's side of sync: what a person asks for, and what goes on behind the page. */
import type { SyncOutcome, SyncStatus } from '../../core/model/sync-views.ts';
import { sleepFor } from '../../core/net/sleep.ts';
import { BackgroundSync } from '../../core/sync/background.ts';
import type { SyncDesk } from '../../core/sync/sync-desk.ts';
import type { OpenSpace } from './open-space.ts';
import type { SyncApi } from './sync-api.ts';

export class SyncHost implements SyncApi {
  readonly #open: OpenSpace;
  readonly #background: BackgroundSync;
  #asked: AbortController | null = null;
  /** What is told now comes from a sync: no reason for another one. */
  #isOwnChange = false;

  constructor(open: OpenSpace) {
    this.#open = open;
    this.#background = new BackgroundSync(() => this.#desk, {
      sleep: sleepFor,
      random: Math.random,
      onBegin: () => open.tell({ kind: 'sync' }),
      onEnd: (outcome) => this.#ended(outcome),
    });
    open.watch((event) => {
      if (event.kind === 'changed' && open.role === 'owner' && !this.#isOwnChange) this.#background.changed();
      if (event.kind === 'role') this.begin();
    });
    globalThis.addEventListener('online', () => this.focused());
  }

  /** The space is open, or another tab gave it to this one. */
  begin(): void {
    if (this.#open.role === 'owner') this.#background.begin();
  }

  status(): SyncStatus {
    return this.#desk.status();
  }

  words(): Promise<string | null> {
    return this.#desk.words();
  }

  make(relay: string | null): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.make(relay, { signal }));
  }

  join(words: string, relay: string | null): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.join(words, relay, { signal }));
  }

  now(): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.sync({ signal }));
  }

  rewrite(): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.rewrite({ signal }));
  }

  startFromVault(): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.startFromVault({ signal }));
  }

  deleteVault(): Promise<SyncOutcome> {
    return this.#ask((desk, signal) => desk.deleteVault({ signal }));
  }

  async off(): Promise<void> {
    if (this.#open.refusal !== null) return;
    await this.#desk.off();
    this.#background.begin();
    this.#open.tell({ kind: 'sync' });
  }

  cancel(): void {
    this.#asked?.abort();
  }

  focused(): void {
    if (this.#open.role === 'owner') this.#background.focused();
  }

  get #desk(): SyncDesk {
    return this.#open.workspace.sync;
  }

  async #ask(what: (desk: SyncDesk, signal: AbortSignal) => Promise<SyncOutcome>): Promise<SyncOutcome> {
    const { refusal } = this.#open;
    if (refusal !== null) return { ok: false, problem: refusal };
    const asked = new AbortController();
    this.#asked = asked;
    const before = this.#desk.status().vault?.since;
    const outcome = await what(this.#desk, asked.signal);
    if (this.#asked === asked) this.#asked = null;
    this.#ended(outcome);
    // a vault may be shared from now on though not everything has gone up yet
    const isOther = this.#desk.status().vault?.since !== before;
    if (outcome.ok || isOther) this.#background.begin(outcome.ok);
    return outcome;
  }

  #ended(outcome: SyncOutcome): void {
    this.#isOwnChange = true;
    if (outcome.ok && outcome.report.merged > 0) this.#open.changed();
    this.#isOwnChange = false;
    this.#open.tell({ kind: 'sync' });
  }
}
