/** What the person chose for extraction, and the keys, which stay on this device. */
import * as v from 'valibot';
import type { ExtractionSettings, KeyedProvider, Prices, SettingsChange } from '../model/extraction-settings.ts';
import { DEFAULT_SETTINGS } from '../model/extraction-settings.ts';
import type { GroupStore } from '../state/group-store.ts';
import type { SettingsRecord } from '../state/records.ts';

/** Device-local: in no backup, and never on another device. */
export const KEYS_KEY = 'provider-keys';

export type ProviderKeys = Readonly<Partial<Record<KeyedProvider, string>>>;

/** The keys as they are kept: one for OpenAI's protocol is for the server it was given for, and for no other. */
export type KeptKeys = ProviderKeys & { readonly openaiFor?: string };

const keysGroup = v.object({
  openai: v.optional(v.string()),
  openaiFor: v.optional(v.string()),
  anthropic: v.optional(v.string()),
});

export async function loadKeys(store: GroupStore): Promise<KeptKeys> {
  const text = (await store.read([KEYS_KEY])).get(KEYS_KEY);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), keysGroup), text);
  if (!parsed.success) return {};
  const { openai, openaiFor, anthropic } = parsed.output;
  return {
    ...(openai === undefined || openaiFor === undefined ? {} : { openai, openaiFor }),
    ...(anthropic === undefined ? {} : { anthropic }),
  };
}

/** Those that may be sent with these settings: another server's key goes nowhere, whoever changed the address. */
export function keysFor({ openai, openaiFor, anthropic }: KeptKeys, settings: ExtractionSettings): ProviderKeys {
  return {
    ...(openai !== undefined && openaiFor === serverOf(settings) ? { openai } : {}),
    ...(anthropic === undefined ? {} : { anthropic }),
  };
}

/** With this key, or without one when it is null or empty. */
export function withKey(
  keys: KeptKeys,
  provider: KeyedProvider,
  key: string | null,
  settings: ExtractionSettings,
): KeptKeys {
  const { [provider]: _, ...others } = keys;
  if (key === null || key === '') return others;
  return { ...others, [provider]: key, ...(provider === 'openai' ? { openaiFor: serverOf(settings) } : {}) };
}

function serverOf({ openai }: ExtractionSettings): string {
  return URL.canParse(openai.baseUrl) ? new URL(openai.baseUrl).origin : openai.baseUrl;
}

/** Null when none is left. */
export function encodeKeys(keys: KeptKeys): string | null {
  return Object.keys(keys).length === 0 ? null : JSON.stringify(keys);
}

/** The settings as they are now; what was never chosen is as it comes. */
export function settingsOf(record: SettingsRecord | null): ExtractionSettings {
  if (record === null) return DEFAULT_SETTINGS;
  const { version: _, chosen: __, ...settings } = record;
  return settings;
}

/** The settings with what is to be different. Prices that are all 0 are none. */
export function withChange(known: ExtractionSettings, change: SettingsChange): ExtractionSettings {
  const openai = { ...known.openai, ...change.openai };
  const anthropic = { ...known.anthropic, ...change.anthropic };
  const prices: Prices = { inputPerMillion: 0, outputPerMillion: 0, ...known.prices, ...change.prices };
  const isFree = prices.inputPerMillion === 0 && prices.outputPerMillion === 0;
  return withinBounds({ ...known, ...change, openai, anthropic, prices: isFree ? null : prices });
}

const MOST_CALLS_AT_A_TIME = 16;

/** Numbers inside their bounds, whatever was typed. */
function withinBounds(settings: ExtractionSettings): ExtractionSettings {
  const whole = (value: number, least: number, most: number): number =>
    Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : least;
  return {
    ...settings,
    concurrency: whole(settings.concurrency, 1, MOST_CALLS_AT_A_TIME),
    ceremonyHour: whole(settings.ceremonyHour, 0, 23),
  };
}
