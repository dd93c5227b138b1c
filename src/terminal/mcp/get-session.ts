import * as v from 'valibot';
import type { SourceMessage } from '../../core/sources/source.ts';
import { CommandFailed } from '../errors.ts';
import { sourceMessageToJson } from '../json.ts';
import { clipped, fittingPage, limitOf, nextOffset, Offset, PAGE_WORDS, pageArguments, pageSchema } from './bounds.ts';
import { sessionForAgent } from './list-sessions.ts';
import type { McpTool } from './tool.ts';

const USUAL = 20;
const MOST = 100;
/** UTF-16 units. */
const LONGEST_MESSAGE = 8_000;

const Given = v.strictObject({ session_id: v.string(), limit: limitOf(USUAL, MOST), offset: Offset });

/** What was said in one session, read from its source. */
export const getSession: McpTool = {
  name: 'get_session',
  title: 'Get session',
  description: [
    'Gives what the user and the agent said in one session, oldest first, read from the files of the tool that wrote it.',
    `At most ${MOST} messages a call (${USUAL} unless you say more) and ${PAGE_WORDS}; a message is cut`,
    `after ${LONGEST_MESSAGE.toLocaleString('en-US')}, and \`clipped_from\` is then its whole length. \`next_offset\` leads to the next page.`,
    'Secrets are redacted.',
  ].join(' '),
  arguments: {
    session_id: { type: 'string', description: 'As `list_sessions`, `search_memory` and `recall_quotes` give it.' },
    ...pageArguments(USUAL, MOST),
  },
  required: ['session_id'],
  gives: { session: { type: 'object' }, ...pageSchema('messages') },
  async call(given, library) {
    const { session_id: id, limit, offset } = v.parse(Given, given);
    const workspace = await library.workspace();
    const outcome = await workspace.transcript(id, await library.entries(workspace));
    if (!outcome.ok) throw new CommandFailed(outcome.problem.message);
    const { session } = outcome;
    const known = workspace.session(id) ?? { ...session, vanished: null, sweepAt: null };
    const messages = fittingPage(outcome.messages.slice(offset, offset + limit).map(messageForAgent));
    const total = outcome.messages.length;
    return {
      session: sessionForAgent(known),
      total,
      messages,
      next_offset: nextOffset(offset, messages.length, total),
    };
  },
};

function messageForAgent(message: SourceMessage) {
  const whole = message.text.length;
  const text = clipped(message.text, LONGEST_MESSAGE);
  return { ...sourceMessageToJson(message), text, clipped_from: whole > LONGEST_MESSAGE ? whole : null };
}
