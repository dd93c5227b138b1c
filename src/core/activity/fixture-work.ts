/** Writes sessions with their times for tests, into a database that can be imported. Times are minutes after {@link BEGAN}. */
import type { SqlJsStatic } from 'sql.js';
import { FixtureStore } from '../fixture-store.ts';
import type { ActivityQuery } from '../model/activity-views.ts';
import type { Receipt } from '../model/receipt.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';

export const MINUTE = 60_000;
export const BEGAN = Date.UTC(2026, 10, 16, 9);
const NOW = Date.UTC(2026, 10, 21, 9);

export class WorkHistory {
  readonly db: FixtureStore;
  readonly #SQL: SqlJsStatic;
  readonly store = new MemoryStore();
  #ids = 0;

  constructor(SQL: SqlJsStatic) {
    this.#SQL = SQL;
    this.db = new FixtureStore(SQL);
  }

  session(id: string, at: number, more: { parent?: string; directory?: string; title?: string } = {}): void {
    this.db.session(id, BEGAN + at * MINUTE, more);
  }

  prompt(session: string, at: number, text = 'Go on'): string {
    const id = `msg_${(this.#ids += 1)}`;
    this.db.message({ id, session, time: BEGAN + at * MINUTE, text });
    return id;
  }

  /** @param until null: it was never completed */
  answer(session: string, at: number, until: number | null, more: Record<string, unknown> = {}): string {
    const id = `msg_${(this.#ids += 1)}`;
    const time = BEGAN + at * MINUTE;
    const completed = until === null ? {} : { completed: BEGAN + until * MINUTE };
    const data = { time: { created: time, ...completed }, providerID: 'acme', modelID: 'one', ...more };
    this.db.message({ id, session, time, role: 'assistant', more: data });
    return id;
  }

  /** A tool that ran, with output of so many characters. */
  run(session: string, message: string, from: number, until: number, output = 10): void {
    const [start, end] = [BEGAN + from * MINUTE, BEGAN + until * MINUTE];
    const state = {
      status: 'completed',
      input: {},
      output: 'x'.repeat(output),
      title: '',
      metadata: {},
      time: { start, end },
    };
    this.db.part(`prt_${(this.#ids += 1)}`, message, session, start, {
      type: 'tool',
      callID: 'c',
      tool: 'bash',
      state,
    });
  }

  open(): Promise<Workspace> {
    const { store } = this;
    const loadSqlJs = (): Promise<SqlJsStatic> => Promise.resolve(this.#SQL);
    return openWorkspace({ store, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
  }

  async import(): Promise<Receipt> {
    const outcome = await (await this.open()).import(this.db.files(), { now: NOW });
    if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
    return outcome.receipt;
  }
}

/** The week of {@link BEGAN}. */
export function week(more: Partial<ActivityQuery> = {}): ActivityQuery {
  return { from: Date.UTC(2026, 10, 16), to: Date.UTC(2026, 10, 23), zone: 'UTC', ...more };
}
