import type { ProviderPorts } from '../../core/extraction/providers/provider.ts';
import { OutsideFetch } from './outside-fetch.ts';

/** The world as providers need it, in a worker of the page. */
export function outsidePorts(): ProviderPorts {
  return {
    fetch: new OutsideFetch().fetch,
    now: Date.now,
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    origin: globalThis.location.origin,
  };
}
