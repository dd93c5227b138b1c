import type { SessionType, Tool } from '../../core/model/agent-session.ts';

export const TOOL_NAMES: Readonly<Record<Tool, string>> = { opencode: 'OpenCode', claude: 'Claude Code' };

export const TYPE_NAMES: Readonly<Record<SessionType, string>> = {
  user: 'Yours',
  agent: 'Tool’s own',
  subagent: 'Sub-agent',
};
