/**
 * Keeps this device and its vault one while the program runs: after changes here, when others write, when the person comes back, and
 * again after the relay was away.
 *
 * Contract:
 * - One sync at a time; what happens during one is the next one's.
 * - While the relay is away it is asked less and less often, and never given up.
 * - What only a person can mend (the vault was deleted, or is refused) is not tried again before they did something.
 */
import type { SyncOutcome } from '../model/sync-views.ts';
import { settled } from '../settled.ts';
import type { Notice } from './relay-changes.ts';
import type { SyncDesk } from './sync-desk.ts';

/** What of a sync desk is used. */
export type SyncedDesk = Pick<SyncDesk, 'status' | 'sync' | 'listen' | 'isNews'>;

export interface BackgroundPorts {
  /** Ends early when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly onBegin: () => void;
  readonly onEnd: (outcome: SyncOutcome) => void;
}

const QUIET_MS = 400;
const AT_MOST_MS = 2_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
const FOR_A_PERSON: ReadonlySet<string> = new Set([
  'vault-gone',
  'vault-older',
  'vault-foreign',
  'vault-damaged',
  'vault-newer',
  'state-newer',
  'away-too-long',
]);

export class BackgroundSync {
  readonly #desk: () => SyncedDesk;
  readonly #ports: BackgroundPorts;
  readonly #ended = new AbortController();
  readonly #changes = settled(QUIET_MS, AT_MOST_MS, () => void this.#sync());
  #listening: AbortController | null = null;
  #retry: AbortController | null = null;
  #isWaiting = false;
  #isStuck = false;
  #failures = 0;

  /** @param desk of the workspace that is open now */
  constructor(desk: () => SyncedDesk, ports: BackgroundPorts) {
    this.#desk = desk;
    this.#ports = ports;
  }

  /**
   * Also after a vault was made, joined or left, or something was mended by hand.
   *
   * @param isSynced there was a sync just now
   */
  begin(isSynced = false): void {
    this.#isStuck = false;
    this.#failures = 0;
    this.#listening?.abort();
    this.#listening = null;
    if (this.#ended.signal.aborted || this.#desk().status().vault === null) return;
    const listening = new AbortController();
    this.#listening = listening;
    void this.#listen(listening.signal);
    if (!isSynced) this.changed();
  }

  end(): void {
    this.#ended.abort();
    this.#listening?.abort();
    this.#retry?.abort();
    this.#changes.stop();
  }

  /** Something here was changed, by a person or an import. */
  changed(): void {
    if (this.#isWanted()) this.#changes.call();
  }

  /** The person is back. */
  focused(): void {
    this.#failures = 0;
    if (this.#isWanted()) this.#changes.call();
  }

  #isWanted(): boolean {
    return !this.#isStuck && !this.#ended.signal.aborted && this.#desk().status().vault !== null;
  }

  /** One that is asked for while one goes on comes after it, once. */
  async #sync(): Promise<void> {
    if (this.#isWaiting || !this.#isWanted()) return;
    this.#isWaiting = true;
    this.#retry?.abort();
    const { signal } = this.#ended;
    const onBegin = (): void => {
      this.#isWaiting = false;
      this.#ports.onBegin();
    };
    const outcome = await this.#desk().sync({ signal, onBegin });
    this.#isWaiting = false;
    this.#ports.onEnd(outcome);
    if (outcome.ok) this.#failures = 0;
    else if (FOR_A_PERSON.has(outcome.problem.code)) this.#isStuck = true;
    else await this.#again();
  }

  async #again(): Promise<void> {
    const retry = new AbortController();
    this.#retry = retry;
    this.#failures += 1;
    await this.#ports.sleep(waitAfter(this.#failures, this.#ports.random()), retry.signal);
    if (!retry.signal.aborted) void this.#sync();
  }

  /** Listens, and again when it ends: the first notice of each time says whether anything was missed. */
  async #listen(signal: AbortSignal): Promise<void> {
    for (let silent = 0; !signal.aborted; silent++) {
      try {
        // eslint-disable-next-line no-await-in-loop -- one connection after the other
        await this.#desk().listen((notice) => {
          silent = 0;
          void this.#heard(notice);
        }, signal);
      } catch {
        // told by the syncs, which fail as well
      }
      // eslint-disable-next-line no-await-in-loop
      await this.#ports.sleep(waitAfter(silent, this.#ports.random()), signal);
    }
  }

  async #heard(notice: Notice): Promise<void> {
    // what can't be found out now, a sync finds out, or tells why not
    const isNews = await this.#desk()
      .isNews(notice)
      .catch(() => true);
    if (isNews) this.changed();
  }
}

function waitAfter(failures: number, random: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random / 2);
}
