import type { AgentSession } from '../model/agent-session.ts';

/** A session as `dramatis sessions --json` prints it and the web app saves it: snake_case, times ISO-8601 UTC with ms. */
export function sessionToJson(session: AgentSession): Record<string, unknown> {
  return {
    session_id: session.sessionId,
    source: session.source,
    parent_session_id: session.parentSessionId,
    session_type: session.sessionType,
    project_path: session.projectPath,
    project_name: session.projectName,
    start_time: new Date(session.startTime).toISOString(),
    end_time: session.endTime === null ? null : new Date(session.endTime).toISOString(),
    message_count: session.messageCount,
    assistant_message_count: session.assistantMessageCount,
    tool_call_count: session.toolCallCount,
    summary: session.summary,
    starting_prompt: session.startingPrompt,
    user_prompts: session.userPrompts,
  };
}
