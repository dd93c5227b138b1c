import type { ServerResponse } from 'node:http';
import type { Change, Vault, VaultStore } from '../stores/vault-store.ts';
import { etagOf } from './conditions.ts';
import { indexEtag } from './index-etag.ts';
import { Refusal } from './refusal.ts';

export interface SubscriptionLimits {
  /** Listeners of one vault, and of this process. */
  readonly perVault: number;
  readonly total: number;
  /** A line goes out so often when there is no news, so that nobody between takes the connection for dead, ms. */
  readonly heartbeatMs: number;
}

/** Of a listener that does not read; then its connection is ended. It comes again and looks at the index. */
const MOST_UNREAD_BYTES = 64 * 1024;
const RECONNECT_MS = 2_000;

interface Subscription {
  send(text: string): void;
  end(): void;
}

/** Who is told of changes, as server-sent events. */
export class Subscriptions {
  readonly #store: VaultStore;
  readonly #limits: SubscriptionLimits;
  readonly #open = new Set<Subscription>();
  readonly #perVault = new Map<string, number>();
  #heartbeat: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(store: VaultStore, limits: SubscriptionLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  get count(): number {
    return this.#open.size;
  }

  /** The events of a vault from now on; the first names the index as it is. Throws Refusal when there are too many listeners. */
  open(vault: Vault, outgoing: ServerResponse): ReadableStream<Uint8Array> {
    this.#claim(vault.name);
    let stop = (): void => undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const subscription = this.#subscription(controller, outgoing);
          subscription.send(`retry: ${RECONNECT_MS}\n\n`);
          const unlisten = this.#store.listen(vault, (change) => void this.#tell(vault, subscription, change));
          // both the end of the connection and that of the stream say so
          stop = () => {
            stop = () => undefined;
            unlisten();
            this.#remove(vault.name, subscription);
          };
          // also when the connection ends before anything was read
          outgoing.once('close', () => stop());
          this.#add(subscription);
        },
        cancel: () => stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_UNREAD_BYTES }),
    );
  }

  /** Ends all, and takes no more. */
  close(): void {
    this.#closed = true;
    for (const subscription of this.#open) subscription.end();
  }

  #claim(name: string): void {
    const count = this.#perVault.get(name) ?? 0;
    if (this.#closed || this.#open.size >= this.#limits.total) throw new Refusal('busy', { 'Retry-After': '10' });
    if (count >= this.#limits.perVault) throw new Refusal('too-many-listeners', { 'Retry-After': '60' });
    this.#perVault.set(name, count + 1);
  }

  #subscription(controller: ReadableStreamDefaultController<Uint8Array>, outgoing: ServerResponse): Subscription {
    let ended = false;
    outgoing.once('close', () => (ended = true));
    return {
      send: (text) => {
        if (ended) return;
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(Buffer.from(text));
        else outgoing.destroy();
      },
      end: () => {
        if (ended) return;
        ended = true;
        controller.close();
      },
    };
  }

  async #tell(vault: Vault, subscription: Subscription, change: Change): Promise<void> {
    if (change.kind === 'shard') {
      const etag = change.version === null ? null : etagOf(change.version);
      subscription.send(event('change', { shard: change.shard, etag }));
      return;
    }
    const entries = change.kind === 'unknown' ? await this.#store.index(vault).catch(() => undefined) : null;
    if (entries === undefined) return; // the store fails now: requests say so
    if (entries !== null) {
      subscription.send(event('index', { etag: indexEtag(vault, entries) }));
      return;
    }
    subscription.send(event('vault-deleted', {}));
    subscription.end();
  }

  #add(subscription: Subscription): void {
    this.#open.add(subscription);
    this.#heartbeat ??= setInterval(() => {
      for (const each of this.#open) each.send(': still here\n\n');
    }, this.#limits.heartbeatMs);
  }

  #remove(name: string, subscription: Subscription): void {
    if (!this.#open.delete(subscription)) return;
    const left = (this.#perVault.get(name) ?? 1) - 1;
    if (left > 0) this.#perVault.set(name, left);
    else this.#perVault.delete(name);
    if (this.#open.size > 0 || this.#heartbeat === null) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
