import type { HistoryOutcome, Hits, KeptResults, Marked, MessageHit } from '../core/model/search-views.ts';
import { isoTime } from './json.ts';

type Json = Record<string, unknown>;

/** What `search --json` prints. */
export function searchToJson(kept: KeptResults, history: HistoryOutcome | null): Json {
  return {
    kept: {
      personas: hitsToJson(kept.personas, ({ id, name, source, lastTime }) => ({
        id,
        name: name.text,
        source,
        last_time: isoTime(lastTime),
      })),
      sessions: hitsToJson(kept.sessions, ({ id, title, excerpt, source, projectName, time }) => ({
        session_id: id,
        title: title.text,
        excerpt: excerptToJson(excerpt),
        source,
        project_name: projectName,
        time: isoTime(time),
      })),
      items: hitsToJson(kept.items, ({ id, kind, name, excerpt, time }) => ({
        id,
        kind,
        name: name.text,
        excerpt: excerptToJson(excerpt),
        time: isoTime(time),
      })),
      messages: hitsToJson(kept.messages, messageToJson),
    },
    history: history === null ? null : historyToJson(history),
    notes: kept.notes,
  };
}

function historyToJson({ searched, found, hits, problems }: HistoryOutcome): Json {
  return {
    searched,
    ...hitsToJson({ total: found, hits }, messageToJson),
    problems: problems.map(({ file, row, line, code, message }) => ({ file, row, line, code, message })),
  };
}

function hitsToJson<T>({ total, hits }: Hits<T>, toJson: (hit: T) => Json): Json {
  return { total, hits: hits.map(toJson) };
}

function messageToJson(hit: MessageHit): Json {
  return {
    id: hit.id,
    session_id: hit.sessionId,
    session_title: hit.sessionTitle,
    project_path: hit.projectPath,
    project_name: hit.projectName,
    source: hit.source,
    agent: hit.agent,
    persona: hit.personaId,
    role: hit.role,
    time: isoTime(hit.time),
    excerpt: excerptToJson(hit.excerpt),
    in_tool: hit.inTool,
  };
}

function excerptToJson(excerpt: Marked | null): Json | null {
  return excerpt === null
    ? null
    : { text: excerpt.text, marks: excerpt.marks.map(({ start, end }) => ({ start, end })) };
}
