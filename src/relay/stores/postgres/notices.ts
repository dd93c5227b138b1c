import pg from 'pg';
import * as v from 'valibot';

const CHANNEL = 'dramatis_relay';
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** A connection that hears nothing may be dead without a word: it is asked so often, and has so long to answer, ms. */
const ASK_EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 10_000;

const Notice = v.object({
  /** The process that did it. */
  from: v.string(),
  name: v.string(),
  generation: v.string(),
  /** Null: the vault was deleted. */
  shard: v.nullable(v.string()),
  version: v.nullable(v.string()),
});
export type Notice = v.InferOutput<typeof Notice>;

export interface NoticesOptions {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly heard: (notice: Notice) => void;
  /** Notices may have been lost: the connection was away. */
  readonly gap: () => void;
}

/**
 * Tells the other processes on a database what was done, and hears of them, over LISTEN and NOTIFY. Notices travel apart from the
 * writes: a transaction that notifies makes all others wait for its commit.
 */
export class Notices {
  readonly #options: NoticesOptions;
  #queue: string[] = [];
  #sending: Promise<void> | null = null;
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | undefined;
  #asking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: NoticesOptions) {
    this.#options = options;
  }

  /** Begins to hear. From then on it connects again by itself. Rejects when it can't connect now. */
  async open(): Promise<void> {
    const { url } = this.#options;
    const client = new pg.Client({ connectionString: url, keepAlive: true, query_timeout: ANSWER_WITHIN_MS });
    let state: 'opening' | 'open' | 'lost' = 'opening';
    const lost = (): void => {
      const wasOpen = state === 'open';
      state = 'lost';
      if (wasOpen) this.#lost(client);
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.#heard(payload));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      end(client);
      throw error;
    }
    if (this.#closed) return end(client);
    state = 'open';
    this.#client = client;
    this.#asking = setInterval(() => void client.query('select 1').catch(lost), ASK_EVERY_MS);
  }

  tell(notice: Notice): void {
    this.#queue.push(JSON.stringify(notice));
    this.#sending ??= this.#send();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#asking);
    await this.#sending;
    await this.#client?.end();
  }

  #lost(client: pg.Client): void {
    clearInterval(this.#asking);
    this.#client = null;
    end(client);
    this.#reopen(FIRST_RETRY_MS);
  }

  /** All that have come together since the last ones went out. */
  async #send(): Promise<void> {
    while (this.#queue.length > 0) {
      const notices = this.#queue;
      this.#queue = [];
      try {
        await this.#options.pool.query(`select pg_notify('${CHANNEL}', notice) from unnest($1::text[]) notice`, [
          notices,
        ]);
      } catch {
        // lost: clients look at the index when they come again, and a database that is away ends the listening as well
      }
    }
    this.#sending = null;
  }

  #reopen(wait: number): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.open().then(this.#options.gap, () => this.#reopen(Math.min(wait * 2, LONGEST_RETRY_MS)));
    }, wait);
  }

  #heard(payload: string | undefined): void {
    const notice = v.safeParse(Notice, parsed(payload ?? ''));
    if (notice.success) this.#options.heard(notice.output);
  }
}

/** Of a connection that may be gone already. */
function end(client: pg.Client): void {
  client.end().catch(() => undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not from a relay
  }
}
