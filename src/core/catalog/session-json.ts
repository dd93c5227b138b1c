import type { Context } from '../context/context.ts';
import type { AgentSession, MarkedSession } from '../model/agent-session.ts';

/** A session as `dramatis sessions --json` prints it and the web app saves it: snake_case, times ISO-8601 UTC with ms. */
export function sessionToJson(session: AgentSession): Record<string, unknown> {
  return {
    session_id: session.sessionId,
    source: session.source,
    parent_session_id: session.parentSessionId,
    session_type: session.sessionType,
    project_path: session.projectPath,
    project_name: session.projectName,
    start_time: iso(session.startTime),
    end_time: session.endTime === null ? null : iso(session.endTime),
    message_count: session.messageCount,
    assistant_message_count: session.assistantMessageCount,
    tool_call_count: session.toolCallCount,
    summary: session.summary,
    starting_prompt: session.startingPrompt,
    user_prompts: session.userPrompts,
  };
}

/** The same with what is to be said of the session now: null where nothing is. */
export function markedSessionToJson(session: MarkedSession): Record<string, unknown> {
  const { vanished, sweepAt } = session;
  return {
    ...sessionToJson(session),
    vanished_at: vanished === null ? null : iso(vanished),
    sweep_at: sweepAt === null ? null : iso(sweepAt),
  };
}

/** {@link contextToJson} as text, the same wherever it is taken. */
export function contextText(context: Context): string {
  return `${JSON.stringify(contextToJson(context), null, 2)}\n`;
}

/** What happened in a window of time, as `dramatis context` prints it and the web app copies it: made to be read by an agent. */
export function contextToJson({ start, end, sessions, events, gaps, projects }: Context): Record<string, unknown> {
  return {
    time_range: { start: iso(start), end: iso(end) },
    sessions: sessions.map(sessionToJson),
    events: events.map(({ time, type, sessionId, projectPath }) => ({
      time: iso(time),
      type,
      session_id: sessionId,
      project_path: projectPath,
    })),
    gaps: gaps.map((gap) => ({
      start: iso(gap.start),
      end: iso(gap.end),
      duration_minutes: Math.round(gap.minutes * 100) / 100,
    })),
    projects: projects.map(({ projectPath, projectName, ...counts }) => ({
      project_path: projectPath,
      project_name: projectName,
      sessions: counts.sessions,
      events: counts.events,
    })),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
