/** Extraction as screens and commands use it: the queue, the settings and the runs. */
import type { Limits } from '../model/constants.ts';
import type { ExtractionSettings, ExtractionSettingsView, KeyedProvider } from '../model/extraction-settings.ts';
import type { ExtractOutcome, ExtractProgress, QueueSummary } from '../model/memory-views.ts';
import { problem } from '../model/problem.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { StateAccess } from '../state/state-access.ts';
import { makeProvider } from './make-provider.ts';
import { costOf } from './providers/cost.ts';
import type { Provider, ProviderPorts } from './providers/provider.ts';
import type { Jobs } from './queue.ts';
import { isOpen, openJobs, retried, without } from './queue.ts';
import { encodeKeys, KEYS_KEY, type ProviderKeys, settingsOf, withinBounds } from './settings.ts';

export interface ExtractOptions {
  /** Default: the one that was chosen. */
  readonly provider?: Provider;
  /** Stops when so many tokens of history have been sent. Default: when all is done. */
  readonly budgetTokens?: number;
  readonly limits?: Partial<Limits>;
  /** The clock of this run, ms. Default: now. */
  readonly now?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExtractProgress) => void;
}

export interface DeskPorts extends OpencodePorts {
  /** Null: no provider that needs the network can be had. */
  readonly providers: ProviderPorts | null;
}

/** What instructions and known items add to a call, about. */
const TOKENS_AROUND_A_CALL = 1_200;

export class ExtractionDesk {
  readonly #access: StateAccess;
  readonly #ports: DeskPorts;
  #keys: ProviderKeys;

  constructor(access: StateAccess, keys: ProviderKeys, ports: DeskPorts) {
    this.#access = access;
    this.#keys = keys;
    this.#ports = ports;
  }

  async extract(_entries: readonly SourceEntry[], _options: ExtractOptions = {}): Promise<ExtractOutcome> {
    return { ok: false, problems: [problem('internal', 'error', '', 'Extraction is not there yet.')] };
  }

  queue(callTokens: number): QueueSummary {
    const open = openJobs(this.#access.jobs);
    const history = open.reduce((sum, { tokens }) => sum + tokens, 0);
    const calls = Math.ceil(history / callTokens);
    const inputTokens = history + calls * TOKENS_AROUND_A_CALL;
    const { prices } = this.settings();
    const rest = [...this.#access.jobs.values()].filter((job) => !isOpen(job));
    return {
      jobs: [...open, ...rest],
      calls,
      inputTokens,
      inputCost: costOf({ inputTokens, outputTokens: 0 }, prices),
    };
  }

  retry(id: string): Promise<void> {
    return this.#changeQueue((jobs) => retried(jobs, id));
  }

  /** The job goes; what it has done stays. The next import queues it again when its session changed. */
  cancelJob(id: string): Promise<void> {
    return this.#changeQueue((jobs) => without(jobs, id));
  }

  settings(): ExtractionSettingsView {
    const hasKey = { openai: this.#keys.openai !== undefined, anthropic: this.#keys.anthropic !== undefined };
    return { ...settingsOf(this.#access.keeper.state.settings), hasKey, paused: null };
  }

  changeSettings(change: Partial<ExtractionSettings>): Promise<void> {
    return this.#access.inTurn(async () => {
      const { state } = this.#access.keeper;
      const stamp = this.#access.stamp(this.#access.now());
      const settings = { ...withinBounds({ ...settingsOf(state.settings), ...change }), version: stamp };
      await this.#access.commit({ state: { ...state, meta: { ...state.meta, clock: stamp }, settings } });
    });
  }

  /** @param key null forgets it */
  setKey(provider: KeyedProvider, key: string | null): Promise<void> {
    return this.#access.inTurn(async () => {
      const { [provider]: _, ...others } = this.#keys;
      const keys = key === null || key === '' ? others : { ...others, [provider]: key };
      await this.#access.commit({ writes: new Map([[KEYS_KEY, encodeKeys(keys)]]) });
      this.#keys = keys;
    });
  }

  /** The provider that was chosen: to be tested, and asked for its models. */
  provider(): Promise<Provider> {
    return makeProvider(settingsOf(this.#access.keeper.state.settings), this.#keys, this.#ports.providers);
  }

  #changeQueue(how: (jobs: Jobs) => Jobs): Promise<void> {
    return this.#access.inTurn(() => this.#access.commit({ jobs: how(this.#access.jobs) }));
  }
}
