import { sleepFor } from '../../core/net/sleep.ts';
import type { SyncPorts } from '../../core/sync/relay-request.ts';

/** The world as sync needs it, in Node. */
export const nodeSyncPorts: SyncPorts = {
  fetch,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  sleep: sleepFor,
  random: Math.random,
  origin: null,
};
