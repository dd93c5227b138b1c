import pg from 'pg';
import * as v from 'valibot';

const CHANNEL = 'dramatis_relay';
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

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
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: NoticesOptions) {
    this.#options = options;
  }

  /** Begins to hear. From then on it connects again by itself. */
  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url, keepAlive: true });
    let isLost = false;
    const lost = (): void => {
      if (isLost) return;
      isLost = true;
      if (this.#client === client) this.#client = null;
      client.removeAllListeners('notification');
      client.end().catch(() => undefined);
      this.#reopen(FIRST_RETRY_MS);
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.#heard(payload));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
    if (this.#closed) await client.end();
  }

  tell(notice: Notice): void {
    this.#queue.push(JSON.stringify(notice));
    this.#sending ??= this.#send();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#sending;
    await this.#client?.end();
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not from a relay
  }
}
