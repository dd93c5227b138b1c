import { ProblemError } from '../core/model/problem.ts';
import type { SourceEntry } from '../core/sources/byte-source.ts';
import type { Workspace } from '../core/workspace.ts';
import { nodeEntries } from '../platform/node/node-entries.ts';
import type { Context } from './context.ts';
import { CommandFailed } from './errors.ts';

/** Where sessions may be: what was named, else the tools' own places and those that were imported from. Places that are gone matter only when nothing else is left. */
export async function knownEntries(context: Context, workspace: Workspace): Promise<SourceEntry[]> {
  if (context.named.length > 0) return context.entries();
  const remembered = workspace.overview().sources.map(({ path }) => path);
  const lookups = await Promise.allSettled([context.entries(), ...remembered.map((path) => nodeEntries([path]))]);
  const found = lookups.flatMap((lookup) => (lookup.status === 'fulfilled' ? lookup.value : []));
  if (found.length > 0) return [...new Map(found.map((entry) => [entry.path, entry])).values()];
  const reasons = lookups.flatMap((lookup) => (lookup.status === 'rejected' ? [reasonOf(lookup.reason)] : []));
  throw new CommandFailed([...new Set(reasons)].join('\n'));
}

function reasonOf(error: unknown): string {
  if (error instanceof ProblemError || error instanceof CommandFailed) return error.message;
  throw error;
}
