/** The worker's side of memory: items, what is done to them by hand, and the ceremony. */
import type { CeremonyOutcome, ItemAction, MemoryQuery, Undoable } from '../../core/model/memory-views.ts';
import { ProblemError } from '../../core/model/problem.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { ActionOutcome, MemoryApi, MemoryRows, ReasonView, SessionName } from './memory-api.ts';
import { newestWords } from './memory-api.ts';
import type { OpenSpace } from './open-space.ts';
import type { PickedEntry } from './picked.ts';
import { sourceEntry } from './source-entries.ts';

export class MemoryHost implements MemoryApi {
  readonly #open: OpenSpace;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  query(query: MemoryQuery): MemoryRows {
    const page = this.#open.workspace.memory(query);
    const sessions: Record<string, SessionName> = {};
    for (const item of page.items) {
      const id = newestWords(item)?.sessionId;
      if (id !== undefined) sessions[id] ??= nameOf(this.#open.workspace, id);
    }
    return { ...page, sessions };
  }

  async why(id: string, entries: readonly PickedEntry[]): Promise<ReasonView | null> {
    const { workspace } = this.#open;
    if (workspace.item(id) === null) return null;
    const reason = await workspace.why(id, entries.map(sourceEntry));
    const wanted = new Set(reason.evidence.map(({ messageId }) => messageId));
    return { ...reason, keptBy: keepersOf(workspace, wanted) };
  }

  async change(action: ItemAction): Promise<ActionOutcome> {
    try {
      const item = await this.#open.change((workspace) => workspace.changeItem(action));
      return { ok: true, item, undoable: this.undoable() };
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, message: error.problem.message };
      throw error;
    }
  }

  undoable(): Undoable | null {
    return this.#open.workspace.undoable();
  }

  undo(): Promise<Undoable | null> {
    return this.#open.change((workspace) => workspace.undoItem());
  }

  isCeremonyDue(): boolean {
    return this.#open.role === 'owner' && this.#open.workspace.isCeremonyDue();
  }

  async ceremony(): Promise<CeremonyOutcome> {
    const { refusal } = this.#open;
    if (refusal !== null) return { ok: false, problems: [refusal] };
    return this.#open.change((workspace) => workspace.ceremony());
  }
}

function nameOf(workspace: Workspace, sessionId: string): SessionName {
  const session = workspace.session(sessionId);
  return { title: session?.summary ?? sessionId, projectName: session?.projectName ?? '' };
}

function keepersOf(workspace: Workspace, wanted: ReadonlySet<string>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { id } of workspace.personas())
    for (const message of workspace.kept(id) ?? []) if (wanted.has(message.id)) found[message.id] ??= id;
  return found;
}
