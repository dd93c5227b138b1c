import type { KeyedProvider, SettingsChange } from '../../core/model/extraction-settings.ts';
import { client } from '../app/workspace-store.ts';
import { providerChanged } from '../memory/behind.ts';
import { lookAtQueue } from '../memory/extraction-store.ts';

/** Kept at once, and shown when it is. */
export async function changeSettings(change: SettingsChange): Promise<void> {
  await client().ask.extraction.change(change);
  await lookAtQueue();
  providerChanged();
}

/** Null forgets it. */
export async function changeKey(provider: KeyedProvider, key: string | null): Promise<void> {
  await client().ask.extraction.setKey(provider, key);
  await lookAtQueue();
  providerChanged();
}
