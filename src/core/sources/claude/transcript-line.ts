/** Types of lines, and of `system` lines after a slash, with which Claude Code keeps its books: nothing of a conversation. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'progress',
  'summary',
  'custom-title',
  'ai-title',
  'file-history-snapshot',
  'queue-operation',
  'last-prompt',
  'pr-link',
  'mode',
  'permission-mode',
  'agent-name',
  'agent-color',
  'tag',
  'system/turn_duration',
  'system/stop_hook_summary',
]);

export function isBookkeeping(type: string): boolean {
  return BOOKKEEPING.has(type);
}
