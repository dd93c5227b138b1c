/** The provider that the person chose. Each is loaded when it is first needed. */
import type { ExtractionSettings } from '../model/extraction-settings.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { Provider, ProviderPorts } from './providers/provider.ts';
import type { ProviderKeys } from './settings.ts';

/** @param ports null: nothing may leave this machine. Throws ProblemError when the provider can't be had here. */
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
  if (ports !== null) return ports;
  const message = 'This provider is asked over the network, and here there is none. Choose the built-in rules.';
  throw new ProblemError(problem('provider-paused', 'error', 'provider', message));
}
