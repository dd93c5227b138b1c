import type { Workspace } from '../../core/workspace.ts';
import type { SourceEntry } from '../../core/sources/byte-source.ts';

type Json = Record<string, unknown>;

/** What tools read. */
export interface McpLibrary {
  /** As the state folder is now. */
  workspace(): Promise<Workspace>;
  /** Where sessions may be. */
  entries(workspace: Workspace): Promise<readonly SourceEntry[]>;
}

/** One argument as a client is told of it: JSON Schema. */
export type ArgumentSchema = Json & { readonly type: string; readonly description: string };

/** A tool that agents call. */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  /** For the agent that chooses: what it gives, how much of it at most, how to get the rest. */
  readonly description: string;
  readonly arguments: Readonly<Record<string, ArgumentSchema>>;
  readonly required: readonly string[];
  /** Of what it gives, JSON Schema. */
  readonly gives: Readonly<Record<string, Json>>;
  /** Throws what v.parse throws for wrong arguments, ProblemError and CommandFailed for what can't be done. */
  call(given: unknown, library: McpLibrary): Promise<Json>;
}
