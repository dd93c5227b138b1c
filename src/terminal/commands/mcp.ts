import type { Command } from '../command.ts';
import { knownEntries } from '../known-entries.ts';

/** Answers agents over the Model Context Protocol. */
export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'answer agents over the Model Context Protocol, on stdin and stdout',
  arguments: [],
  options: [],
  details: [
    'Tools: search_memory, recall_quotes, list_sessions, get_session. It only reads, holds no lock and sees later changes.',
    'How to add it to OpenCode and Claude Code: docs/mcp.md',
  ].join('\n'),
  async run(context) {
    const followed = context.follow();
    const { serveMcp } = await import('../mcp/server.ts');
    const library = {
      workspace: () => followed.current(),
      entries: knownEntries.bind(null, context),
    };
    await serveMcp(library, context.io.signal);
  },
};
