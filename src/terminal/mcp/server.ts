import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import * as v from 'valibot';
import { ProblemError } from '../../core/model/problem.ts';
import { CommandFailed, UsageError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { getSession } from './get-session.ts';
import { listSessions } from './list-sessions.ts';
import { recallQuotes } from './recall-quotes.ts';
import { searchMemory } from './search-memory.ts';
import type { McpLibrary, McpTool } from './tool.ts';

export const MCP_TOOLS: readonly McpTool[] = [searchMemory, recallQuotes, listSessions, getSession];

const INSTRUCTIONS =
  'Dramatis knows the history of the sessions this user has had with coding agents on this machine. Ask it when something was decided, said or done before.';

/** Answers on this process's stdin and stdout until the client goes away or the signal comes. */
export async function serveMcp(library: McpLibrary, signal: AbortSignal): Promise<void> {
  const server = new Server(
    { name: 'dramatis', title: 'Dramatis', version: VERSION },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: MCP_TOOLS.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => answer(params.name, params.arguments ?? {}, library));
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await gone;
  await server.close();
}

function described({ name, title, description, arguments: properties, required, gives }: McpTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: {
      type: 'object',
      properties: { ...properties },
      required: [...required],
      additionalProperties: false,
    },
    outputSchema: { type: 'object', properties: { ...gives }, required: Object.keys(gives) },
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
}

/** What goes wrong is told to the agent, which can do something about it. */
async function answer(name: string, given: unknown, library: McpLibrary): Promise<CallToolResult> {
  const tool = MCP_TOOLS.find((each) => each.name === name);
  if (tool === undefined) {
    return failed(`There is no tool "${name}". There are: ${MCP_TOOLS.map((each) => each.name).join(', ')}.`);
  }
  try {
    const structuredContent = await tool.call(given, library);
    const hint = await emptyHint(library);
    const content = [JSON.stringify(structuredContent), ...hint].map((text) => ({ type: 'text' as const, text }));
    return { content, structuredContent };
  } catch (error) {
    return failed(wordsOf(error));
  }
}

/** An empty answer because nothing was ever read is no answer. */
async function emptyHint(library: McpLibrary): Promise<string[]> {
  const { sessions, state } = (await library.workspace()).overview();
  if (sessions === 0) return ['Nothing was imported yet. The user can begin with: dramatis import'];
  return state.items === 0
    ? ['Nothing was extracted yet, so memory is empty. The user can begin with: dramatis extract']
    : [];
}

function failed(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

function wordsOf(error: unknown): string {
  if (v.isValiError(error)) return error.issues.map(issueWords).join(' ');
  if (error instanceof UsageError) return error.message.replace(/^--/, '');
  if (error instanceof CommandFailed || error instanceof ProblemError) return error.message;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 'Something went wrong inside Dramatis; its stderr says what.';
}

function issueWords(issue: v.BaseIssue<unknown>): string {
  const { type, expected, requirement, received } = issue;
  const name = v.getDotPath(issue) ?? 'the arguments';
  if (type !== 'strict_object') return `"${name}" is ${received}; it must be ${expected ?? String(requirement)}.`;
  return expected === 'never' ? `There is no argument "${name}".` : `"${name}" is missing.`;
}
