/** The browser's own model, where it has one. It exists in pages alone: the worker asks for it through here. */
import type { PromptApi } from '../../core/extraction/providers/browser.ts';
import type { Provider } from '../../core/extraction/providers/provider.ts';
import type { PageProvider } from '../../platform/browser/extraction-api.ts';

declare global {
  interface Window {
    LanguageModel?: PromptApi;
  }
}

/** Null: this browser has none. */
export function modelOfPage(): PageProvider | null {
  const api = window.LanguageModel;
  if (api === undefined) return null;
  let asking = new AbortController();
  const provider = async (): Promise<Provider> =>
    (await import('../../core/extraction/providers/browser.ts')).browserProvider(api);
  return {
    extract: async (call) => (await provider()).extract(call, asking.signal),
    models: async () => (await provider()).models(asking.signal),
    test: async () => (await provider()).test(asking.signal),
    cancel: () => {
      asking.abort();
      asking = new AbortController();
    },
  };
}
