/** Settings of two devices: of each field what was chosen last. */
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import { laterThan, type Stamp } from './hybrid-clock.ts';
import { compareTexts, laterOf, sameOr } from './join.ts';
import type { SettingsRecord } from './records.ts';

/** What is chosen as one: a model is one of its server. */
const FIELDS = ['provider', 'openai', 'anthropic', 'concurrency', 'prices', 'ceremonyHour'] as const;
type Field = (typeof FIELDS)[number];

/** As of a record from before fields had stamps of their own. */
export function chosenAt(stamp: Stamp): SettingsRecord['chosen'] {
  return {
    provider: stamp,
    openai: stamp,
    anthropic: stamp,
    concurrency: stamp,
    prices: stamp,
    ceremonyHour: stamp,
  };
}

/** The record of settings that were changed. @param record of `known`; null: nothing was chosen yet */
export function changedSettings(
  next: ExtractionSettings,
  known: ExtractionSettings,
  record: SettingsRecord | null,
  stamp: Stamp,
): SettingsRecord {
  const version = laterThan(stamp, record?.version);
  const chosen = { ...(record?.chosen ?? chosenAt('')) };
  for (const field of FIELDS) if (textOf(next, field) !== textOf(known, field)) chosen[field] = version;
  return { ...next, chosen, version };
}

export function joinSettings(a: SettingsRecord | null, b: SettingsRecord | null): SettingsRecord | null {
  if (a === null || b === null) return a ?? b;
  let joined = a;
  for (const field of FIELDS) {
    if (compareFields(a, b, field) >= 0) continue;
    joined = { ...joined, [field]: b[field], chosen: { ...joined.chosen, [field]: b.chosen[field] } };
  }
  return sameOr(a, { ...joined, version: laterOf(a.version, b.version, compareTexts) ?? a.version });
}

function compareFields(a: SettingsRecord, b: SettingsRecord, field: Field): number {
  return compareTexts(a.chosen[field], b.chosen[field]) || compareTexts(textOf(a, field), textOf(b, field));
}

function textOf(settings: ExtractionSettings, field: Field): string {
  return JSON.stringify(settings[field]);
}
