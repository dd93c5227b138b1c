import type { AgentSession } from '../model/agent-session.ts';
import { redactText } from './redact-message.ts';

export function redactSession(session: AgentSession): AgentSession {
  const texts = (all: readonly string[]): string[] => all.map((text) => redactText(text));
  const { summary, startingPrompt, userPrompts, projectPath, projectName } = session;
  return {
    ...session,
    summary: redactText(summary),
    projectPath: redactText(projectPath),
    projectName: redactText(projectName),
    startingPrompt: startingPrompt === null ? null : redactText(startingPrompt),
    userPrompts: texts(userPrompts),
  };
}
