/** What the tool writes, one row at a time, in the order it writes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface ProjectRow {
  readonly id: string;
  readonly worktree: string;
  readonly timeCreated: number;
}

export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
}

export interface SessionRow {
  readonly id: string;
  readonly projectId: string;
  readonly parentId: string | null;
  readonly slug: string;
  readonly directory: string;
  readonly title: string;
  readonly agent: string | null;
  readonly cost: number;
  readonly tokens: TokenCounts;
  readonly revert: JsonObject | null;
  readonly timeCreated: number;
  readonly timeUpdated: number;
  readonly timeArchived: number | null;
}

/** `fresh`: an insert. Otherwise the row with this id is written over. `at` is the clock of the write, ms. */
export type Step =
  | { readonly table: 'project'; readonly at: number; readonly row: ProjectRow }
  | { readonly table: 'session'; readonly at: number; readonly fresh: boolean; readonly row: SessionRow }
  | MessageStep
  | PartStep;

export interface MessageStep {
  readonly table: 'message';
  readonly at: number;
  readonly fresh: boolean;
  readonly id: string;
  readonly sessionId: string;
  readonly created: number;
  readonly data: JsonObject;
}

export interface PartStep {
  readonly table: 'part';
  readonly at: number;
  readonly fresh: boolean;
  readonly id: string;
  readonly messageId: string;
  readonly sessionId: string;
  readonly created: number;
  readonly data: JsonObject;
}
