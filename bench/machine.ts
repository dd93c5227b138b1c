import { availableParallelism, cpus, totalmem, type } from 'node:os';

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  /** Processes that wanted to run in the minute before: more than a few tenths disturb the figures. */
  readonly load: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
  /** The native SQLite it is compared with, and its version; null when there is none. */
  readonly peer: string | null;
}

/** What the figures depend on. No names of hosts or people. */
export function machine(chromium: string, peer: string | null, load: number): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load,
    system: type(),
    node: process.versions.node,
    chromium,
    peer,
  };
}
