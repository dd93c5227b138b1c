import type { JsonObject, Step } from './fixture-steps.ts';
import { HistoryTruth, type MessageTruth } from './fixture-truth.ts';

interface FinishedMessage {
  data: JsonObject;
  readonly created: number;
  readonly parts: Map<string, JsonObject>;
}

/** The end state of the first messages of one session, picked out of its steps. */
export class FinishedMessages {
  /** Give this to whoever writes the session. */
  readonly truth: HistoryTruth;
  private readonly count: number;
  private readonly rows = new Map<string, FinishedMessage>();
  private readonly said = new Map<string, MessageTruth>();

  constructor(count: number) {
    this.count = count;
    this.truth = new ListeningTruth((message) => this.said.set(message.id, message));
  }

  /** Stops reading when it has enough. */
  read(sessionId: string, steps: Iterable<Step>): void {
    for (const step of steps) {
      if (step.table === 'project' || step.table === 'session' || step.sessionId !== sessionId) continue;
      if (step.table === 'part') this.rows.get(step.messageId)?.parts.set(step.id, step.data);
      else if (step.fresh && this.rows.size === this.count) return;
      else if (step.fresh) this.rows.set(step.id, { data: step.data, created: step.created, parts: new Map() });
      else this.update(step.id, step.data);
    }
  }

  *messages() {
    for (const [id, { data, created, parts }] of this.rows) {
      const said = this.said.get(id);
      if (!said) throw new Error(`nothing is known of ${id}`);
      yield { data, created, parts: [...parts.values()], said };
    }
  }

  private update(id: string, data: JsonObject): void {
    const row = this.rows.get(id);
    if (row) row.data = data;
  }
}

class ListeningTruth extends HistoryTruth {
  private readonly listen: (message: MessageTruth) => void;

  constructor(listen: (message: MessageTruth) => void) {
    super();
    this.listen = listen;
  }

  override message(sessionId: string, message: MessageTruth): void {
    super.message(sessionId, message);
    this.listen(message);
  }
}
