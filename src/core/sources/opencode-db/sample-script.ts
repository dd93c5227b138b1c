/** How the conversations of the sample are written down. */
export interface SampleTool {
  readonly tool: string;
  readonly input: Readonly<Record<string, string>>;
  readonly output: string;
  readonly title: string;
  /** The session of a sub-agent this call started. */
  readonly session?: SampleSession;
}

export interface SampleTurn {
  readonly who: 'person' | 'agent';
  readonly text: string;
  readonly tools: readonly SampleTool[];
  /** Hands the session to another agent from this turn on. */
  readonly agent?: string;
}

export interface SampleSession {
  readonly title: string;
  readonly agent: string;
  readonly project: SampleProject;
  /** Days before now, and the clock of that day. */
  readonly daysAgo: number;
  readonly at: string;
  readonly turns: readonly SampleTurn[];
  readonly archived?: boolean;
}

export type SampleProject = 'trailhead' | 'trailhead-app' | 'packlist' | 'notes';

/** What the person typed. */
export function you(text: string, agent?: string): SampleTurn {
  return { who: 'person', text: unwrap(dedent(text)), tools: [], ...(agent && { agent }) };
}

/** What the agent answered, and the tools it used for it. */
export function it(text: string, ...tools: SampleTool[]): SampleTurn {
  return { who: 'agent', text: unwrap(dedent(text)), tools };
}

export function bash(command: string, output: string): SampleTool {
  return { tool: 'bash', input: { command }, output: dedent(output), title: command };
}

export function read(filePath: string, output: string): SampleTool {
  return { tool: 'read', input: { filePath }, output: dedent(output), title: filePath };
}

export function edit(filePath: string, oldString: string, newString: string): SampleTool {
  return {
    tool: 'edit',
    input: { filePath, oldString, newString },
    output: 'Edit applied successfully.',
    title: filePath,
  };
}

/** A sub-agent: what it was asked, and the conversation it had. Its last answer goes back to the caller. */
export function task(description: string, prompt: string, answer: string, ...tools: SampleTool[]): SampleTool {
  const session: SampleSession = {
    title: `${description} (@general subagent)`,
    agent: 'general',
    project: 'trailhead',
    daysAgo: 0,
    at: '00:00',
    turns: [you(prompt), it('Looking.', ...tools), it(answer)],
  };
  const input = { description, prompt: dedent(prompt), subagent_type: 'general' };
  return { tool: 'task', input, output: dedent(answer), title: description, session };
}

/** Lines that begin something of their own in Markdown, or go on with it. */
const BEGINS = /^\s*([-*] |\d+\. |[|#>]|```|$)/;

/** The source breaks long lines; people and agents don't. Joins prose, leaves lists, tables, quotes and code alone. */
function unwrap(text: string): string {
  const out: string[] = [];
  let inCode = false;
  for (const line of text.split('\n')) {
    const isFence = line.trim().startsWith('```');
    const before = out.at(-1);
    const open = before !== undefined && !/^\s*([|#>]|```|$)/.test(before);
    if (open && !inCode && !isFence && !BEGINS.test(line)) out[out.length - 1] = `${before} ${line.trim()}`;
    else out.push(line);
    if (isFence) inCode = !inCode;
  }
  return out.join('\n');
}

/** Takes off the indentation the source has and the text does not. */
function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = text.startsWith('\n') ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(indent)).join('\n');
}
