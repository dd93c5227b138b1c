import type { Tool } from '../../core/model/agent-session.ts';

/** What to type to go on with a session. */
export function resumeCommand(source: Tool, sessionId: string): string {
  return source === 'opencode' ? `opencode --session ${sessionId}` : `claude --resume ${sessionId}`;
}
