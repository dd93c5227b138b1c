import type { Database, Statement } from 'sql.js';
import { IdMaker, SeededRandom } from './fixture-random.ts';
import type { SchemaVersion } from './fixture-schema.ts';
import type { MessageStep, PartStep, ProjectRow, SessionRow, Step } from './fixture-steps.ts';

export const FIXTURE_VERSION = '1.18.34';

/** Puts steps into an open database as the tool would: rows, later versions of them, and an event for each write. */
export class StepWriter {
  readonly counts = { sessions: 0, messages: 0, parts: 0, events: 0 };
  private readonly db: Database;
  private readonly schema: SchemaVersion;
  private readonly statements = new Map<string, Statement>();
  private readonly encoder = new TextEncoder();
  private readonly sequence = new Map<string, number>();
  private readonly eventIds = new IdMaker(new SeededRandom('events'));
  private readonly events: boolean;

  constructor(db: Database, schema: SchemaVersion, events: boolean) {
    this.db = db;
    this.schema = schema;
    this.events = events && schema === '1.18';
  }

  write(step: Step): void {
    if (step.table === 'project') this.project(step.row);
    else if (step.table === 'session') this.session(step.row, step.fresh, step.at);
    else if (step.table === 'message') this.message(step);
    else this.part(step);
  }

  /** What the tool keeps beside the events: the last number of each session. */
  writeEventSequences(): void {
    const sql = 'UPDATE event_sequence SET seq = ? WHERE aggregate_id = ?';
    for (const [id, next] of this.sequence) this.run(sql, [next - 1, id]);
    this.sequence.clear();
  }

  free(): void {
    for (const statement of this.statements.values()) statement.free();
    this.statements.clear();
  }

  private project(row: ProjectRow): void {
    const vcs = row.id === 'global' ? null : 'git';
    this.run(
      'INSERT INTO project (id, worktree, vcs, time_created, time_updated, sandboxes) VALUES (?, ?, ?, ?, ?, ?)',
      [row.id, row.worktree, vcs, row.timeCreated, row.timeCreated, '[]'],
    );
    if (this.schema === '1.2' || vcs === null) return;
    this.run('INSERT INTO project_directory (project_id, directory, time_created) VALUES (?, ?, ?)', [
      row.id,
      row.worktree,
      row.timeCreated,
    ]);
  }

  private session(row: SessionRow, fresh: boolean, at: number): void {
    const values = sessionValues(row, this.schema);
    const names = Object.keys(values);
    if (fresh) {
      this.counts.sessions += 1;
      this.run(
        `INSERT INTO session (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        Object.values(values),
      );
    } else {
      const set = names.map((name) => `${name} = ?`).join(', ');
      this.run(`UPDATE session SET ${set} WHERE id = ?`, [...Object.values(values), row.id]);
    }
    if (!this.events) return;
    if (fresh) this.run('INSERT INTO event_sequence (aggregate_id, seq) VALUES (?, 0)', [row.id]);
    const info = JSON.stringify(sessionInfo(row));
    this.event(row.id, at, fresh ? 'session.created.1' : 'session.updated.1', `"info":${info}`);
  }

  private message(step: MessageStep): void {
    const json = JSON.stringify(step.data);
    if (step.fresh) {
      this.counts.messages += 1;
      this.run(
        'INSERT INTO message (id, session_id, time_created, time_updated, data) VALUES (?, ?, ?, ?, CAST(? AS TEXT))',
        [step.id, step.sessionId, step.created, step.at, this.encoder.encode(json)],
      );
    } else this.update('message', step.id, step.at, json);
    if (!this.events) return;
    const info = `"info":{"id":"${step.id}","sessionID":"${step.sessionId}",${json.slice(1)}`;
    this.event(step.sessionId, step.at, 'message.updated.1', info);
  }

  private part(step: PartStep): void {
    const json = JSON.stringify(step.data);
    if (step.fresh) {
      this.counts.parts += 1;
      this.run(
        'INSERT INTO part (id, message_id, session_id, time_created, time_updated, data) VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT))',
        [step.id, step.messageId, step.sessionId, step.created, step.at, this.encoder.encode(json)],
      );
    } else this.update('part', step.id, step.at, json);
    if (!this.events) return;
    const head = `"part":{"id":"${step.id}","sessionID":"${step.sessionId}","messageID":"${step.messageId}",`;
    this.event(step.sessionId, step.at, 'message.part.updated.1', `${head}${json.slice(1)},"time":${step.at}`);
  }

  private update(table: 'message' | 'part', id: string, at: number, json: string): void {
    const sql = `UPDATE ${table} SET data = CAST(? AS TEXT), time_updated = ? WHERE id = ?`;
    this.run(sql, [this.encoder.encode(json), at, id]);
  }

  private event(sessionId: string, at: number, type: string, rest: string): void {
    const seq = this.sequence.get(sessionId) ?? 0;
    this.sequence.set(sessionId, seq + 1);
    this.counts.events += 1;
    this.run('INSERT INTO event (id, aggregate_id, seq, type, data) VALUES (?, ?, ?, ?, CAST(? AS TEXT))', [
      this.eventIds.next('evt', at),
      sessionId,
      seq,
      type,
      this.encoder.encode(`{"sessionID":"${sessionId}",${rest}}`),
    ]);
  }

  /** Bodies are bound as bytes and cast: sql.js turns strings into UTF-8 one character at a time. */
  private run(sql: string, values: (string | number | null | Uint8Array)[]): void {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    statement.run(values);
  }
}

function sessionValues(row: SessionRow, schema: SchemaVersion): Record<string, string | number | null> {
  const common = {
    id: row.id,
    project_id: row.projectId,
    parent_id: row.parentId,
    slug: row.slug,
    directory: row.directory,
    title: row.title,
    version: schema === '1.2' ? '1.2.27' : FIXTURE_VERSION,
    revert: row.revert ? JSON.stringify(row.revert) : null,
    time_created: row.timeCreated,
    time_updated: row.timeUpdated,
    time_archived: row.timeArchived,
  };
  const summary = { summary_additions: 0, summary_deletions: 0, summary_files: 0 };
  if (schema === '1.2') return { ...common, ...summary };
  return {
    ...common,
    ...summary,
    path: '',
    cost: row.cost,
    tokens_input: row.tokens.input,
    tokens_output: row.tokens.output,
    tokens_reasoning: row.tokens.reasoning,
    tokens_cache_read: row.tokens.cacheRead,
    agent: row.agent,
    model: row.agent ? '{"id":"claude-sonnet-5","providerID":"anthropic","variant":"default"}' : null,
  };
}

function sessionInfo(row: SessionRow): object {
  const { input, output, reasoning, cacheRead } = row.tokens;
  return {
    id: row.id,
    slug: row.slug,
    projectID: row.projectId,
    directory: row.directory,
    path: '',
    ...(row.parentId && { parentID: row.parentId }),
    cost: row.cost,
    tokens: { input, output, reasoning, cache: { read: cacheRead, write: 0 } },
    title: row.title,
    ...(row.agent && { agent: row.agent }),
    version: FIXTURE_VERSION,
    time: { created: row.timeCreated, updated: row.timeUpdated },
  };
}
