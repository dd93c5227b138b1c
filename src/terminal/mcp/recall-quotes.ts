import * as v from 'valibot';
import type { Item } from '../../core/model/item.ts';
import type { Workspace } from '../../core/workspace.ts';
import { isoTime } from '../json.ts';
import { clipped, fittingPage, limitOf, nextOffset, Offset, PAGE_WORDS, pageArguments, pageSchema } from './bounds.ts';
import type { McpTool } from './tool.ts';

const USUAL = 10;
const MOST = 50;
const LONGEST_QUOTE = 1_000;
const LONGEST_TITLE = 200;

const Given = v.strictObject({
  query: v.optional(v.string()),
  persona: v.optional(v.string()),
  session_id: v.optional(v.string()),
  limit: limitOf(USUAL, MOST),
  offset: Offset,
});

/** What the user said, word for word. */
export const recallQuotes: McpTool = {
  name: 'recall_quotes',
  title: 'Recall quotes',
  description: [
    'Gives back what the user said to coding agents in their own words, with when and in which session; the newest first.',
    `At most ${MOST} quotes a call (${USUAL} unless you say more) and ${PAGE_WORDS}, each up to ${LONGEST_QUOTE} characters; \`next_offset\` leads to the`,
    'next page. Secrets are redacted. `get_session` gives what was said around a quote.',
  ].join(' '),
  arguments: {
    query: { type: 'string', description: 'Words that must all appear in the quote. Left out: every quote.' },
    persona: {
      type: 'string',
      description: 'Only what this agent was told, such as `opencode:build` or `claude:main`.',
    },
    session_id: { type: 'string', description: 'Only what was said in this session.' },
    ...pageArguments(USUAL, MOST),
  },
  required: [],
  gives: pageSchema('quotes'),
  async call(given, library) {
    const { query, persona, session_id: session, limit, offset } = v.parse(Given, given);
    const workspace = await library.workspace();
    const { total, items } = workspace.memory({
      kind: 'quote',
      ...(query === undefined ? {} : { text: query }),
      ...(persona === undefined ? {} : { persona }),
      ...(session === undefined ? {} : { session }),
      limit,
      offset,
    });
    const quotes = fittingPage(items.flatMap((item) => quoteForAgent(item, workspace)));
    return { total, quotes, next_offset: nextOffset(offset, quotes.length, total) };
  },
};

/** The quote as it was said last. */
function quoteForAgent({ id, evidence, learnedBy, status }: Item, workspace: Workspace) {
  const last = evidence.at(-1);
  if (last === undefined) return [];
  const session = workspace.session(last.sessionId);
  return [
    {
      id,
      quote: clipped(last.text, LONGEST_QUOTE),
      time: isoTime(last.time),
      source: last.source,
      session_id: last.sessionId,
      message_id: last.messageId,
      session_title: clipped(session?.summary ?? '', LONGEST_TITLE),
      project_path: session?.projectPath ?? null,
      said_to: learnedBy,
      status,
    },
  ];
}
