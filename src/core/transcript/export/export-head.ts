import type { AgentSession } from '../../model/agent-session.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';

export const EXPORT_FORMATS = ['md', 'html', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes a transcript in one format, in pieces: the beginning, each message, the end. */
export interface ExportWriter {
  /** @param session with its texts as they may be shown */
  begin(session: AgentSession): string;
  message(message: TranscriptMessage, session: Pick<AgentSession, 'sessionType'>): string;
  end(): string;
}

/** Who speaks, in a word. What a sub-agent is told comes from the agent that called it, not from the person. */
export function speakerOf(
  { role, agent }: TranscriptMessage,
  { sessionType }: Pick<AgentSession, 'sessionType'>,
): string {
  if (role === 'user') return sessionType === 'subagent' ? 'Task' : 'You';
  if (role === 'system') return 'Tool';
  return agent === '' ? 'Assistant' : agent;
}

/** What is recorded of a message besides what it says, in words: `anthropic/claude, 1,204 tokens in, 56 out, $0.0045`. */
export function recordOf({ model, tokens, cost, reverted }: TranscriptMessage): string {
  const count = (value: number | null | undefined, what: string): string =>
    value === null || value === undefined || value === 0 ? '' : `${value.toLocaleString('en')} ${what}`;
  const price = cost === null || cost === 0 ? '' : `$${cost.toFixed(4)}`;
  const facts = [model ?? '', count(tokens?.input, 'tokens in'), count(tokens?.output, 'tokens out'), price];
  return [...facts, reverted ? 'taken back' : ''].filter((fact) => fact !== '').join(', ');
}

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
