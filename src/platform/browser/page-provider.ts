import { failed } from '../../core/extraction/providers/failures.ts';
import type { Outcome, Provider } from '../../core/extraction/providers/provider.ts';
import type { PageProvider } from './extraction-api.ts';

/** A provider of the page, as a run in the worker uses it. Null: the page has none. */
export function pageProvider(page: PageProvider | null): Provider {
  const ask = async <T>(
    signal: AbortSignal,
    call: (page: PageProvider) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    if (page === null)
      return failed('unavailable', 'This browser brings no model with it. Chrome does on some machines.');
    const cancel = (): void => page.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await call(page);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
  return {
    name: 'browser',
    needsNetwork: false,
    extract: (call, signal) => ask(signal, (model) => model.extract(call)),
    models: (signal) => ask(signal, (model) => model.models()),
    test: (signal) => ask(signal, (model) => model.test()),
  };
}
