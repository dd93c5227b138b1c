/** The provider that the person chose. Each is loaded when it is first needed. */
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import type { Provider, ProviderPorts } from './providers/provider.ts';
import type { ProviderKeys } from './settings.ts';

/** @param ports null: nothing may leave this machine. Throws Error when the provider can't be made here. */
export async function makeProvider(
  settings: ExtractionSettings,
  keys: ProviderKeys,
  ports: ProviderPorts | null,
): Promise<Provider> {
  switch (settings.provider) {
    case 'built-in':
      return (await import('./providers/built-in/built-in.ts')).builtInProvider();
    case 'openai':
      return (await import('./providers/openai.ts')).openAiProvider(
        { ...settings.openai, key: keys.openai ?? null },
        networkOf(ports),
      );
    case 'anthropic':
      return (await import('./providers/anthropic.ts')).anthropicProvider(
        { ...settings.anthropic, key: keys.anthropic ?? '' },
        networkOf(ports),
      );
    case 'browser':
      // a worker has none: the page that has one hands it over
      return (await import('./providers/browser.ts')).browserProvider(null);
  }
}

function networkOf(ports: ProviderPorts | null): ProviderPorts {
  if (ports === null) throw new Error('no network was given to the workspace');
  return ports;
}
