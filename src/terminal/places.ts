import type { Tool } from '../core/model/agent-session.ts';
import { isThere } from '../platform/node/node-entries.ts';
import { claudePlace, opencodePlace } from '../platform/node/tool-places.ts';
import type { Arguments } from './arguments.ts';
import { CommandFailed } from './errors.ts';

/** A path to look for sessions at. Whose they are is told by what is there. */
export interface Place {
  /** The option that named it, or whose own place it is. */
  readonly tool: Tool;
  readonly path: string;
}

export const TOOLS: readonly Tool[] = ['opencode', 'claude'];

/** The tools as people call them. */
export const TOOL_NAMES: Readonly<Record<Tool, string>> = { opencode: 'OpenCode', claude: 'Claude Code' };

/** What `--opencode` and `--claude` say. */
export function namedPlaces(given: Arguments): readonly Place[] {
  return TOOLS.flatMap((tool) => given.values(tool).map((path) => ({ tool, path })));
}

/** The tools' own places, those that are there. Throws CommandFailed when none is. */
export async function usualPlaces(): Promise<readonly Place[]> {
  const usual: readonly Place[] = [
    { tool: 'opencode', path: opencodePlace() },
    { tool: 'claude', path: claudePlace() },
  ];
  const there = await Promise.all(usual.map(({ path }) => isThere(path)));
  const found = usual.filter((_, at) => there[at]);
  if (found.length > 0) return found;
  const looked = usual.map(({ tool, path }) => `${TOOL_NAMES[tool]} in ${path}`).join(', ');
  throw new CommandFailed(
    `There is nothing where the tools keep their sessions (${looked}). Say where they are: --opencode PATH, --claude PATH.`,
  );
}
