/** Extraction as screens and commands use it: the queue, the settings and the runs. */
import { problemsOf } from '../import/problems-of.ts';
import { SessionReader } from '../import/session-reader.ts';
import type { Limits } from '../model/constants.ts';
import { DEFAULT_LIMITS } from '../model/constants.ts';
import type {
  SettingsChange,
  ExtractionSettingsView,
  KeyedProvider,
  ProviderChoice,
} from '../model/extraction-settings.ts';
import type { ExtractOutcome, ExtractProgress, QueueSummary } from '../model/memory-views.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import { changedSettings } from '../state/join-settings.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { AskedKind } from './call.ts';
import { ASKED_KINDS } from './call.ts';
import { makeProvider } from './make-provider.ts';
import { costOf } from './providers/cost.ts';
import type { Failure, Provider, ProviderPorts } from './providers/provider.ts';
import type { Jobs } from './queue.ts';
import { isOpen, openJobs, retried, without } from './queue.ts';
import { RunClock } from './run-clock.ts';
import { ExtractionRun, paused } from './run.ts';
import type { KeptKeys } from './settings.ts';
import { encodeKeys, keysFor, KEYS_KEY, settingsOf, withChange, withKey } from './settings.ts';

/** A provider for one run, whatever was chosen. Its key is not kept. */
export interface ExtractionChoice {
  readonly provider: ProviderChoice;
  readonly key: string | null;
  /** Of an OpenAI-compatible server. */
  readonly baseUrl: string;
  readonly model: string;
}

export interface ExtractOptions {
  readonly choice?: ExtractionChoice;
  /** Default: the one that was chosen. */
  readonly provider?: Provider;
  /** Stops when so many tokens of history have been sent. Default: when all is done. */
  readonly budgetTokens?: number;
  readonly limits?: Partial<Limits>;
  /** Default: all four. What is left out stays to be done. */
  readonly kinds?: readonly AskedKind[];
  /** Calls at a time, to a provider that needs the network. Default: as the person chose. */
  readonly concurrency?: number;
  /** Also when the provider refused and nothing was changed since: the person asked for it. */
  readonly resume?: boolean;
  /** How it waits. Default: by the machine's timer. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
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
  #keys: KeptKeys;
  #running: Promise<unknown> = Promise.resolve();
  /** Why the provider is not asked again, until when (ms; null: until something is changed by hand). */
  #paused: { failure: Failure; until: number | null } | null = null;

  constructor(access: StateAccess, keys: KeptKeys, ports: DeskPorts) {
    this.#access = access;
    this.#keys = keys;
    this.#ports = ports;
  }

  /** One run at a time: a second one waits for the first. */
  extract(entries: readonly SourceEntry[], options: ExtractOptions = {}): Promise<ExtractOutcome> {
    const outcome = this.#running.then(() => this.#extract(entries, options));
    this.#running = outcome.catch(() => undefined);
    return outcome;
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
    this.#paused = null;
    return this.#changeQueue((jobs) => retried(jobs, id));
  }

  /** The job goes; what it has done stays. The next import queues it again when its session changed. */
  cancelJob(id: string): Promise<void> {
    return this.#changeQueue((jobs) => without(jobs, id));
  }

  settings(): ExtractionSettingsView {
    const settings = settingsOf(this.#access.keeper.state.settings);
    const { openai, anthropic } = keysFor(this.#keys, settings);
    return {
      ...settings,
      hasKey: { openai: openai !== undefined, anthropic: anthropic !== undefined },
      paused: pausedView(this.#pausedAt(this.#access.now())),
    };
  }

  changeSettings(change: SettingsChange): Promise<void> {
    return this.#access.inTurn(async () => {
      const { state } = this.#access.keeper;
      const stamp = this.#access.stamp(this.#access.now());
      const known = settingsOf(state.settings);
      const settings = changedSettings(withChange(known, change), known, state.settings, stamp);
      await this.#access.commit({ state: { ...state, meta: { ...state.meta, clock: stamp }, settings } });
      this.#paused = null;
    });
  }

  /** @param key null forgets it */
  setKey(provider: KeyedProvider, key: string | null): Promise<void> {
    return this.#access.inTurn(async () => {
      const keys = withKey(this.#keys, provider, key, settingsOf(this.#access.keeper.state.settings));
      await this.#access.commit({ writes: new Map([[KEYS_KEY, encodeKeys(keys)]]) });
      this.#keys = keys;
      this.#paused = null;
    });
  }

  /** The provider that was chosen: to be tested, and asked for its models. */
  provider(): Promise<Provider> {
    const settings = settingsOf(this.#access.keeper.state.settings);
    return makeProvider(settings, keysFor(this.#keys, settings), this.#ports.providers);
  }

  async #extract(entries: readonly SourceEntry[], options: ExtractOptions): Promise<ExtractOutcome> {
    const { signal = new AbortController().signal } = options;
    const clock = new RunClock(() => options.now ?? this.#access.now(), options.sleep);
    const refused = options.resume === true || isOther(options) ? null : this.#pausedAt(clock.now());
    if (refused !== null) return { ok: false, problems: [paused(refused.failure)] };
    let reader: SessionReader | null = null;
    try {
      const settings = settingsOf(this.#access.keeper.state.settings);
      const provider = options.provider ?? (await this.#chosen(options.choice));
      reader = await SessionReader.over(entries, this.#ports, signal);
      const { report, refused } = await new ExtractionRun({
        access: this.#access,
        reader,
        provider,
        kinds: options.kinds ?? ASKED_KINDS,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        budgetTokens: options.budgetTokens ?? Number.POSITIVE_INFINITY,
        concurrency: options.concurrency ?? settings.concurrency,
        prices: settings.prices,
        clock,
        signal,
        onProgress: options.onProgress ?? (() => undefined),
      }).run();
      if (!isOther(options)) this.#pause(refused, clock.now());
      return { ok: true, report };
    } catch (error) {
      return { ok: false, problems: problemsOf(error, signal) };
    } finally {
      reader?.close();
    }
  }

  #chosen(choice: ExtractionChoice | undefined): Promise<Provider> {
    if (choice === undefined) return this.provider();
    const { provider, key, baseUrl, model } = choice;
    const settings = { ...settingsOf(null), provider, openai: { baseUrl, model }, anthropic: { model } };
    const keys = key === null ? {} : { openai: key, anthropic: key };
    return makeProvider(settings, keys, this.#ports.providers);
  }

  #pausedAt(now: number) {
    if (this.#paused?.until !== null && this.#paused !== null && this.#paused.until <= now) this.#paused = null;
    return this.#paused;
  }

  #pause(failure: Failure | null, now: number): void {
    const wait = failure?.retryAfterMs ?? null;
    this.#paused = failure === null ? null : { failure, until: wait === null ? null : now + wait };
  }

  #changeQueue(how: (jobs: Jobs) => Jobs): Promise<void> {
    return this.#access.inTurn(() => this.#access.commit({ jobs: how(this.#access.jobs) }));
  }
}

/** It is not the provider that was chosen for good. */
function isOther({ provider, choice }: ExtractOptions): boolean {
  return provider !== undefined || choice !== undefined;
}

function pausedView(paused: { failure: Failure; until: number | null } | null): ExtractionSettingsView['paused'] {
  return paused === null ? null : { reason: paused.failure.message, until: paused.until };
}
