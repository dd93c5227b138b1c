import * as v from 'valibot';
import { markedSessionToJson } from '../../core/catalog/session-json.ts';
import type { MarkedSession } from '../../core/model/agent-session.ts';
import { parseDate } from '../dates.ts';
import { TOOLS } from '../places.ts';
import { clipped, fittingPage, limitOf, nextOffset, Offset, PAGE_WORDS, pageArguments, pageSchema } from './bounds.ts';
import type { McpTool } from './tool.ts';

const USUAL = 20;
const MOST = 100;
const PROMPTS_SHOWN = 2;
const LONGEST_PROMPT = 500;
const LONGEST_TITLE = 200;

const Given = v.strictObject({
  query: v.optional(v.string()),
  since: v.optional(v.string()),
  until: v.optional(v.string()),
  project: v.optional(v.string()),
  source: v.optional(v.picklist(TOOLS)),
  sub_agents: v.optional(v.boolean(), false),
  limit: limitOf(USUAL, MOST),
  offset: Offset,
});

/** The sessions of both tools. */
export const listSessions: McpTool = {
  name: 'list_sessions',
  title: 'List sessions',
  description: [
    'Lists sessions with coding agents (OpenCode and Claude Code), of any age, newest first: when, where, how much, what it was about.',
    `At most ${MOST} a call (${USUAL} unless you say more) and ${PAGE_WORDS}, of each the first ${PROMPTS_SHOWN} prompts, up to ${LONGEST_PROMPT} characters`,
    'each; `next_offset` leads to the next page. Secrets are redacted. `get_session` gives what was said.',
  ].join(' '),
  arguments: {
    query: { type: 'string', description: 'Words that must all appear in the title, project or first prompts.' },
    since: {
      type: 'string',
      description: 'Only those that went on at or after this day or time, ISO-8601: `2026-11-21`.',
    },
    until: { type: 'string', description: 'Only those that began by this day or time, ISO-8601.' },
    project: { type: 'string', description: 'Only those of this project: the path or the name of its folder.' },
    source: { type: 'string', enum: TOOLS, description: 'Only those of this tool.' },
    sub_agents: { type: 'boolean', default: false, description: 'Also those that an agent opened, not a person.' },
    ...pageArguments(USUAL, MOST),
  },
  required: [],
  gives: pageSchema('sessions'),
  async call(given, library) {
    const { query, since, until, project, source, sub_agents, limit, offset } = v.parse(Given, given);
    const range = {
      ...(since === undefined ? {} : { since: parseDate(since, 'since') }),
      ...(until === undefined ? {} : { until: parseDate(until, 'until', 'last') }),
    };
    const workspace = await library.workspace();
    const { total, rows } = workspace.sessions({
      ...range,
      ...(query === undefined ? {} : { text: query }),
      ...(project === undefined ? {} : { project }),
      ...(source === undefined ? {} : { source }),
      folded: !sub_agents,
      sort: 'start',
      descending: true,
      limit,
      offset,
    });
    const marked = rows.flatMap(({ sessionId }) => workspace.session(sessionId) ?? []);
    const sessions = fittingPage(marked.map(sessionForAgent));
    return { total, sessions, next_offset: nextOffset(offset, sessions.length, total) };
  },
};

/** As `dramatis sessions --json` prints it, with texts cut. */
export function sessionForAgent(session: MarkedSession): Record<string, unknown> {
  return {
    ...markedSessionToJson(session),
    summary: clipped(session.summary, LONGEST_TITLE),
    starting_prompt: session.startingPrompt === null ? null : clipped(session.startingPrompt, LONGEST_PROMPT),
    user_prompts: session.userPrompts.slice(0, PROMPTS_SHOWN).map((prompt) => clipped(prompt, LONGEST_PROMPT)),
  };
}
