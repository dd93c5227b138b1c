/** Sync as screens and commands use it: making and joining a vault, syncing, turning it off. */
import { fromBase64, toBase64 } from '../base64.ts';
import { problemsOf } from '../import/problems-of.ts';
import { type Problem, problem, ProblemError } from '../model/problem.ts';
import type { SyncOutcome, SyncStatus } from '../model/sync-views.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Writes } from '../state/state-keeper.ts';
import { type SyncPurpose, syncVault } from './client.ts';
import { open, seal } from './envelope.ts';
import { hashOf } from './fetch-shards.ts';
import { KeptState, MARKER } from './kept-state.ts';
import { relayAddress, USUAL_RELAY } from './relay-address.ts';
import { type Notice, relayChanges } from './relay-changes.ts';
import { RelayClient } from './relay-client.ts';
import type { SyncPorts } from './relay-request.ts';
import type { JoinedVault, SyncMemory } from './sync-memory.ts';
import { knownWrites, lastWrites, loadKnown, NOTHING_KNOWN, unmerged, vaultWrites } from './sync-memory.ts';
import { vaultKeys, type VaultKeys } from './vault-keys.ts';

export interface SyncOptions {
  readonly signal?: AbortSignal;
  /** When it is its turn. */
  readonly onBegin?: () => void;
}

export class SyncDesk {
  readonly #access: StateAccess;
  readonly #ports: SyncPorts | null;
  readonly #kept: KeptState;
  #memory: SyncMemory;
  #opened: { readonly code: string; readonly keys: VaultKeys } | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #isRunning = false;

  /** @param ports null where nothing can be asked over the network */
  constructor(access: StateAccess, memory: SyncMemory, ports: SyncPorts | null) {
    this.#access = access;
    this.#memory = memory;
    this.#ports = ports;
    this.#kept = new KeptState(access);
  }

  status(): SyncStatus {
    const { vault, last } = this.#memory;
    const shown = vault === null ? null : { relay: vault.relay, since: vault.since };
    return { vault: shown, isRunning: this.#isRunning, last };
  }

  /** The secret code of the vault; null when this device shares none. */
  async words(): Promise<string | null> {
    const { vault } = this.#memory;
    return vault === null ? null : (await secretCode()).wordsOf(fromBase64(vault.code));
  }

  /**
   * Makes a vault with a new secret code, and puts everything into it. When the relay is lost on the way, the rest follows with the
   * next sync.
   *
   * @param relay its address; default: where the app came from
   */
  make(relay: string | null = null, { signal = never() }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, async () => {
      const vault = this.#newVault((await secretCode()).newSecretCode(), relay);
      const keys = await this.#keysOf(vault);
      const client = new RelayClient(this.#need(), vault.relay, keys, signal);
      const shard = await keys.shardId(MARKER.name);
      const made = await client.put(shard, await seal(MARKER, 1, keys), null, true);
      if (made === null) throw refused('relay-refused', `The relay at ${new URL(vault.relay).host} makes no vault.`);
      const known = { version: made, seq: 1, hash: await hashOf(MARKER) };
      const writes = knownWrites({ ...NOTHING_KNOWN, seq: 1, shards: new Map([[shard, known]]) });
      await this.#commit(new Map([...vaultWrites(vault), ...writes]));
      this.#memory = { vault, last: null };
      return this.#sync('usual', signal);
    });
  }

  /**
   * Joins the vault of another device: what is in it and what is here become one. Wrong words are told before anything is
   * written, here or there.
   */
  join(words: string, relay: string | null = null, { signal = never() }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, async () => {
      const vault = this.#newVault((await secretCode()).codeOf(words), relay);
      const keys = await this.#keysOf(vault);
      const client = new RelayClient(this.#need(), vault.relay, keys, signal);
      const shard = await keys.shardId(MARKER.name);
      const marker = await client.get(shard);
      if (marker === null) throw unknown();
      await open(marker.text, { shard, lastSeq: 0 }, keys);
      await this.#commit(vaultWrites(vault));
      this.#memory = { vault, last: null };
      return this.#sync('usual', signal);
    });
  }

  /** One at a time: a second one waits for the first. */
  sync({ signal = never(), onBegin }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, () => {
      onBegin?.();
      return this.#sync('usual', signal);
    });
  }

  /** Makes the vault anew from what is here: after it was deleted, or when the relay holds what can't be used. */
  rewrite({ signal = never() }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, () => this.#sync('rewrite', signal));
  }

  /** Gives up what is kept here for what the vault has: what only this device had comes back with the next import. */
  startFromVault({ signal = never() }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, () => this.#sync('from-vault', signal));
  }

  /** Forgets the vault on this device; everything stays here, and there. */
  off(): Promise<void> {
    const after = this.#running.then(() => this.#forget());
    this.#running = after.catch(() => undefined);
    return after;
  }

  /** Deletes the vault from the relay, for all devices, and turns sync off. Everything stays here. */
  deleteVault({ signal = never() }: SyncOptions = {}): Promise<SyncOutcome> {
    return this.#alone(signal, async () => {
      const vault = this.#joined();
      const client = new RelayClient(this.#need(), vault.relay, await this.#keysOf(vault), signal);
      await client.removeVault();
      await this.#forget();
      return { pulled: 0, merged: 0, pushed: 0, ...client.traffic };
    });
  }

  /** Tells of what others write to the vault until the signal ends it; rejects with a ProblemError when the relay can't be heard. */
  async listen(onNotice: (notice: Notice) => void, signal: AbortSignal): Promise<void> {
    const vault = this.#joined();
    const { vault: id, access } = await this.#keysOf(vault);
    await relayChanges(this.#need(), `${vault.relay}/v1/vaults/${id}/changes`, access, onNotice, signal);
  }

  /** Whether a notice tells of something that is not known here already: one's own writing comes back as well. */
  async isNews(notice: Notice): Promise<boolean> {
    const known = await loadKnown(this.#access.store);
    if (notice.kind === 'index') return notice.etag !== known.etag;
    if (notice.kind === 'change') return notice.etag !== (known.shards.get(notice.shard)?.version ?? null);
    return true;
  }

  async #sync(purpose: SyncPurpose, signal: AbortSignal) {
    const vault = this.#joined();
    const keys = await this.#keysOf(vault);
    const ports = this.#need();
    const relay = new RelayClient(ports, vault.relay, keys, signal);
    this.#kept.begin();
    const [known, now] = [await this.#known(), this.#access.now()];
    return syncVault({ relay, keys, kept: this.#kept, known, now, ports, signal }, purpose);
  }

  /** When the state is an earlier one than the vault was merged into, all has to be merged again before anything is written. */
  async #known() {
    const known = await loadKnown(this.#access.store);
    const { clock } = this.#access.keeper.state.meta;
    const isBehind = known.clock !== null && (clock === null || clock < known.clock);
    return isBehind ? unmerged(known) : known;
  }

  #alone(signal: AbortSignal, work: () => Promise<Extract<SyncOutcome, { ok: true }>['report']>): Promise<SyncOutcome> {
    const outcome = this.#running.then(async (): Promise<SyncOutcome> => {
      this.#isRunning = true;
      try {
        return await this.#told({ ok: true, report: await work() });
      } catch (error) {
        return await this.#told({ ok: false, problem: problemOf(error, signal) });
      } finally {
        this.#isRunning = false;
      }
    });
    this.#running = outcome.catch(() => undefined);
    return outcome;
  }

  /** Remembers how it ended, as long as there is a vault it was about. */
  async #told(outcome: SyncOutcome): Promise<SyncOutcome> {
    if (this.#memory.vault === null || (!outcome.ok && outcome.problem.code === 'cancelled')) return outcome;
    const time = this.#access.now();
    const last = outcome.ok
      ? { time, report: outcome.report, problem: null }
      : { time, report: null, problem: { code: outcome.problem.code, message: outcome.problem.message } };
    this.#memory = { ...this.#memory, last };
    const noting = this.#commit(lastWrites(last));
    // a store that fails is told already, or was what failed
    await (outcome.ok ? noting : noting.catch(() => undefined));
    return outcome;
  }

  #newVault(code: Uint8Array, relay: string | null): JoinedVault {
    if (this.#memory.vault !== null)
      throw refused('vault-exists', 'This device shares a vault already. Turn sync off first; everything stays here.');
    const address = relayAddress(relay ?? this.#need().origin ?? USUAL_RELAY);
    return { code: toBase64(code), relay: address, since: this.#access.now() };
  }

  async #keysOf({ code }: JoinedVault): Promise<VaultKeys> {
    if (this.#opened?.code !== code) this.#opened = { code, keys: await vaultKeys(fromBase64(code)) };
    return this.#opened.keys;
  }

  #joined(): JoinedVault {
    const { vault } = this.#memory;
    if (vault !== null) return vault;
    throw refused('vault-unknown', 'This device shares no vault yet. Make one, or join that of another device.');
  }

  #need(): SyncPorts {
    if (this.#ports !== null) return this.#ports;
    throw refused('relay-unreachable', 'Nothing can be asked over the network here.');
  }

  async #forget(): Promise<void> {
    await this.#commit(vaultWrites(null));
    this.#memory = { vault: null, last: null };
    this.#opened = null;
  }

  #commit(writes: Writes): Promise<void> {
    return this.#access.inTurn(() => this.#access.commit({ writes }));
  }
}

/** With its list of words, which is wanted only here. */
function secretCode() {
  return import('./secret-code.ts');
}

/** What is cancelled before there is a vault, or while it is deleted, changes nothing here; the relay may have been asked already. */
function problemOf(error: unknown, signal: AbortSignal): Problem {
  if (signal.aborted && !(error instanceof ProblemError))
    return problem('cancelled', 'error', 'sync', 'Cancelled. Nothing was changed here.');
  const [first] = problemsOf(error);
  if (first === undefined) throw error;
  return first;
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function unknown(): ProblemError {
  const message =
    'The relay has no vault for these words. Are they the words of the other device, and is it the same relay? Nothing was changed.';
  return refused('vault-unknown', message);
}

function refused(
  code: 'relay-refused' | 'relay-unreachable' | 'vault-exists' | 'vault-unknown',
  message: string,
): ProblemError {
  return new ProblemError(problem(code, 'error', 'sync', message));
}
