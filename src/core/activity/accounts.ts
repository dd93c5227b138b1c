/** All that reports are made of: conversations, when agents worked in them, and the prompts of all of them in one line. */
import type { Stretch } from '../model/activity.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { ActivityGrouping } from '../model/activity-views.ts';
import type { Worked } from './forked.ts';
import { withoutCopies } from './forked.ts';
import type { Prompt } from './session-work.ts';
import type { UseRows } from './use-rows.ts';
import { folded } from './turns.ts';

/** A session with all that was done under it. */
export interface Conversation {
  readonly row: CatalogRow;
  readonly prompts: readonly Prompt[];
}

export interface AgentInterval extends Stretch {
  readonly conversation: Conversation;
  /** The prompt it answers; null where there is none. */
  readonly prompt: Prompt | null;
}

export interface AskedPrompt {
  readonly prompt: Prompt;
  readonly conversation: Conversation;
}

export interface Accounts {
  /** By start. */
  readonly intervals: readonly AgentInterval[];
  /** Of all conversations, by time. */
  readonly prompts: readonly AskedPrompt[];
  readonly uses: readonly UseRows[];
}

export function accountsOf(sessions: readonly Worked[]): Accounts {
  const counted = withoutCopies(sessions);
  const rows = new Map(counted.map(({ row }) => [row.sessionId, row]));
  const trees = new Map<string, Worked[]>();
  for (const worked of counted) {
    const root = rootOf(worked.row, rows);
    const tree = trees.get(root);
    if (tree === undefined) trees.set(root, [worked]);
    else tree.push(worked);
  }
  const intervals: AgentInterval[] = [];
  const prompts: AskedPrompt[] = [];
  for (const [root, tree] of trees) {
    const own = tree.find(({ row }) => row.sessionId === root);
    if (own === undefined) continue;
    const conversation = { row: own.row, prompts: own.work.prompts };
    for (const prompt of own.work.prompts) prompts.push({ prompt, conversation });
    for (const interval of intervalsOf(own, tree)) {
      const { start, end, prompt } = interval;
      intervals.push({ start, end, conversation, prompt: own.work.prompts[prompt] ?? null });
    }
  }
  intervals.sort((a, b) => a.start - b.start || compareIds(a.conversation, b.conversation));
  prompts.sort((a, b) => a.prompt.time - b.prompt.time || compareIds(a.conversation, b.conversation));
  return { intervals, prompts, uses: counted.map(({ work }) => work.uses) };
}

/** What a conversation is counted under. */
export function groupOf({ row }: Conversation, prompt: Prompt | null, by: ActivityGrouping): string {
  if (by === 'project') return row.projectPath;
  if (by === 'tool') return row.source;
  return personaOf(row, prompt);
}

export function personaOf(row: CatalogRow, prompt: Prompt | null): string {
  return `${row.source}:${prompt?.agent ?? row.agents[0]?.agent ?? 'unknown'}`;
}

function intervalsOf(own: Worked, tree: readonly Worked[]): (Stretch & { readonly prompt: number })[] {
  const times = own.work.prompts.map(({ time }) => time);
  return folded(
    times,
    tree.flatMap(({ work }) => work.turns),
  );
}

/** The session at the top; in a circle, one that all of it have in common. */
function rootOf(row: CatalogRow, rows: ReadonlyMap<string, CatalogRow>): string {
  if (row.parentSessionId === null) return row.sessionId;
  const seen = new Set<string>();
  let top = row;
  while (top.parentSessionId !== null) {
    seen.add(top.sessionId);
    const parent = rows.get(top.parentSessionId);
    if (parent === undefined) return top.sessionId;
    if (seen.has(parent.sessionId)) return smallestOfCircle(parent, rows);
    top = parent;
  }
  return top.sessionId;
}

function smallestOfCircle(start: CatalogRow, rows: ReadonlyMap<string, CatalogRow>): string {
  let smallest = start.sessionId;
  for (let row = rows.get(start.parentSessionId ?? ''); row !== undefined && row !== start;) {
    if (row.sessionId < smallest) smallest = row.sessionId;
    row = rows.get(row.parentSessionId ?? '');
  }
  return smallest;
}

function compareIds(a: Conversation, b: Conversation): number {
  return a.row.sessionId < b.row.sessionId ? -1 : a.row.sessionId > b.row.sessionId ? 1 : 0;
}
