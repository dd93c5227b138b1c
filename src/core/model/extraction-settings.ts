/** How extraction is done: what the person chose. Keys are not among it, they stay on the device. */
export type ProviderChoice = 'built-in' | 'openai' | 'anthropic' | 'browser';
export type KeyedProvider = Extract<ProviderChoice, 'openai' | 'anthropic'>;

export interface ExtractionSettings {
  readonly provider: ProviderChoice;
  /** Any server that speaks OpenAI's chat completions. */
  readonly openai: { readonly baseUrl: string; readonly model: string };
  readonly anthropic: { readonly model: string };
  /** Calls at a time, to a provider that is asked over the network. */
  readonly concurrency: number;
  readonly prices: Prices | null;
  /** From this hour on, 0 to 23 in local time, the first opening of a day tidies up. */
  readonly ceremonyHour: number;
}

/** In whatever currency the person thinks in. */
export interface Prices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

export const DEFAULT_SETTINGS: ExtractionSettings = {
  provider: 'built-in',
  openai: { baseUrl: '', model: '' },
  anthropic: { model: '' },
  concurrency: 2,
  prices: null,
  ceremonyHour: 4,
};

/** What screens show of it. */
export interface ExtractionSettingsView extends ExtractionSettings {
  /** Whether this device has a key for it. */
  readonly hasKey: Readonly<Record<KeyedProvider, boolean>>;
  /** The provider refused, and is not asked again until the person or the time has mended it. */
  readonly paused: { readonly reason: string; readonly until: number | null } | null;
}

/** What is to be different. Of what has several fields only what changes is said: two may be changed before the first is kept. */
export type SettingsChange = Partial<Omit<ExtractionSettings, 'openai' | 'anthropic' | 'prices'>> & {
  readonly prices?: Partial<Prices>;
  readonly openai?: Partial<ExtractionSettings['openai']>;
  readonly anthropic?: Partial<ExtractionSettings['anthropic']>;
};
