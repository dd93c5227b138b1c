import { sleepFor } from '../../core/net/sleep.ts';
import type { SyncPorts } from '../../core/sync/relay-request.ts';

/**
 * The world as sync needs it, in a worker of the page. The relay of this origin is asked as any page asks its server; another one goes
 * the way of models' servers, by a worker that may ask that origin alone.
 *
 * @param outside asks other origins
 */
export function browserSyncPorts(outside: typeof fetch): SyncPorts {
  const { origin } = globalThis.location;
  return {
    fetch: (input, init) => {
      const { url } = new Request(input);
      return new URL(url).origin === origin ? fetch(url, init) : outside(url, init);
    },
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    sleep: sleepFor,
    random: Math.random,
    origin,
  };
}
