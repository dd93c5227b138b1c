import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SyncOutcome, SyncStatus } from '../../core/model/sync-views.ts';
import { sleepFor } from '../../core/net/sleep.ts';
import { BackgroundSync } from '../../core/sync/background.ts';
import type { SyncOptions } from '../../core/sync/sync-desk.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Context } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import { agoWords, syncReportWords } from './sync-words.ts';

/** What the screen does with what sync tells. */
export interface TuiSyncPorts {
  /** As it was last read. */
  readonly workspace: () => Workspace;
  /** Something was written: to be read again. */
  readonly onWritten: () => Promise<void>;
  readonly onSay: (words: string) => void;
}

/** Keeps the state folder and its vault one while the screen is open. Each sync holds the lock; in between nothing does. */
export class TuiSync {
  readonly #context: Context;
  readonly #ports: TuiSyncPorts;
  readonly #background: BackgroundSync;
  #isRunning = false;
  /** A person has asked: the end is told. */
  #isAsked = false;
  #vault: string | null = null;
  #content: string | null = null;

  constructor(context: Context, ports: TuiSyncPorts) {
    this.#context = context;
    this.#ports = ports;
    const desk = {
      status: () => ports.workspace().sync.status(),
      listen: (...given: Parameters<Workspace['sync']['listen']>) => ports.workspace().sync.listen(...given),
      isNews: (...given: Parameters<Workspace['sync']['isNews']>) => ports.workspace().sync.isNews(...given),
      sync: (options: SyncOptions = {}) => this.#sync(options),
    };
    this.#background = new BackgroundSync(() => desk, {
      sleep: sleepFor,
      random: Math.random,
      onBegin: () => undefined,
      onEnd: (outcome) => this.#tell(outcome),
    });
  }

  /** Looks whether another vault is shared now, or something was changed here. To be called when the state folder was written to. */
  async look(): Promise<void> {
    const { vault } = this.#ports.workspace().sync.status();
    const shared = vault === null ? null : `${vault.relay} ${vault.since}`;
    const content = await this.#context.contentMark();
    const [isOther, isChanged] = [shared !== this.#vault, content !== this.#content];
    [this.#vault, this.#content] = [shared, content];
    if (isOther) this.#background.begin();
    else if (isChanged) this.#background.changed();
  }

  /** A person wants it now. */
  ask(): void {
    if (this.#ports.workspace().sync.status().vault === null) {
      this.#ports.onSay('This device shares no vault yet. To make one: dramatis sync --new');
      return;
    }
    this.#isAsked = true;
    this.#ports.onSay('Syncing …');
    this.#background.begin();
  }

  end(): void {
    this.#background.end();
  }

  /** How it stands, in few words. */
  words(): string {
    const { vault, last } = this.#status();
    if (vault === null) return 'not synced';
    if (this.#isRunning) return 'syncing …';
    if (last === null) return 'not synced yet';
    return last.problem === null ? `synced ${agoWords(this.#context.now() - last.time)}` : 'sync failed';
  }

  #status(): SyncStatus {
    return this.#ports.workspace().sync.status();
  }

  async #sync({ onBegin, ...options }: SyncOptions): Promise<SyncOutcome> {
    this.#isRunning = true;
    try {
      return await this.#context.write(({ sync }) => {
        onBegin?.();
        return sync.sync(options);
      });
    } catch (error) {
      onBegin?.();
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      if (!(error instanceof CommandFailed)) throw error;
      return { ok: false, problem: problem('sync-busy', 'error', 'vault', error.message) };
    } finally {
      this.#isRunning = false;
      // what came was not changed here
      this.#content = await this.#context.contentMark();
      await this.#ports.onWritten();
    }
  }

  #tell(outcome: SyncOutcome): void {
    if (this.#isAsked) this.#ports.onSay(outcome.ok ? syncReportWords(outcome.report) : outcome.problem.message);
    this.#isAsked = false;
  }
}
