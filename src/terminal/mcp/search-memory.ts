import * as v from 'valibot';
import type { Evidence, Item } from '../../core/model/item.ts';
import { ITEM_KINDS } from '../../core/model/item.ts';
import { isoTime } from '../json.ts';
import { clipped, fittingPage, limitOf, nextOffset, Offset, PAGE_WORDS, pageArguments, pageSchema } from './bounds.ts';
import type { McpTool } from './tool.ts';

const USUAL = 20;
const MOST = 50;
const WORDS_SHOWN = 3;
const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 1_000;
const LONGEST_WORDS = 500;

const Given = v.strictObject({
  query: v.optional(v.string()),
  kind: v.optional(v.picklist(ITEM_KINDS)),
  persona: v.optional(v.string()),
  limit: limitOf(USUAL, MOST),
  offset: Offset,
});

/** Facts, traits, people, topics and quotes, with the words they come from. */
export const searchMemory: McpTool = {
  name: 'search_memory',
  title: 'Search memory',
  description: [
    'Finds what is known of the user from earlier sessions with coding agents: facts, traits, people, topics and quotes, each with',
    'the words it comes from. What was said last comes first.',
    `At most ${MOST} items a call (${USUAL} unless you say more) and ${PAGE_WORDS}, of each the newest ${WORDS_SHOWN} words of evidence, each up to`,
    `${LONGEST_WORDS} characters; \`next_offset\` leads to the next page. Secrets are redacted.`,
  ].join(' '),
  arguments: {
    query: {
      type: 'string',
      description: 'Words that must all appear in an item or its evidence. Left out: everything.',
    },
    kind: { type: 'string', enum: ITEM_KINDS, description: 'Only items of this kind.' },
    persona: {
      type: 'string',
      description: 'Only what this agent was told, such as `opencode:build` or `claude:main`.',
    },
    ...pageArguments(USUAL, MOST),
  },
  required: [],
  gives: pageSchema('items'),
  async call(given, library) {
    const { query, kind, persona, limit, offset } = v.parse(Given, given);
    const workspace = await library.workspace();
    const { total, items } = workspace.memory({
      ...(query === undefined ? {} : { text: query }),
      ...(kind === undefined ? {} : { kind }),
      ...(persona === undefined ? {} : { persona }),
      limit,
      offset,
    });
    const page = fittingPage(items.map(itemForAgent));
    return { total, items: page, next_offset: nextOffset(offset, page.length, total) };
  },
};

function itemForAgent({ id, kind, name, description, subject, aliases, status, learnedBy, evidence }: Item) {
  return {
    id,
    kind,
    name: clipped(name, LONGEST_NAME),
    description: clipped(description, LONGEST_DESCRIPTION),
    subject: subject === null ? null : clipped(subject, LONGEST_NAME),
    aliases: aliases.map((alias) => clipped(alias, LONGEST_NAME)),
    status,
    learned_by: learnedBy,
    evidence: evidence.slice(-WORDS_SHOWN).map(wordsForAgent),
    evidence_total: evidence.length,
  };
}

function wordsForAgent({ source, sessionId, messageId, text, time }: Evidence) {
  return {
    source,
    session_id: sessionId,
    message_id: messageId,
    time: isoTime(time),
    text: clipped(text, LONGEST_WORDS),
  };
}
