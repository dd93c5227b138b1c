import type { ToolPart } from '../../model/transcript.ts';

/** One line for a call: what was called, and on what. */
export function toolTitle({ title, detail, input }: ToolPart): string {
  if (detail?.kind === 'edit') return detail.path;
  if (detail?.kind === 'shell') return title === '' ? firstLine(detail.command) : title;
  if (detail?.kind === 'agent') return [detail.agent, title].filter((word) => word !== '').join(': ');
  return title === '' ? inputLine(input) : title;
}

/** How a call ended: `exit 1`, `failed`, `281 ms`. */
export function toolOutcome({ status, detail, start, end }: ToolPart): string {
  const outcome: string[] = [];
  if (status === 'error') outcome.push('failed');
  if (status === 'pending' || status === 'running') outcome.push('not finished');
  if (detail?.kind === 'shell' && detail.exitCode !== null) outcome.push(`exit ${detail.exitCode}`);
  if (start !== null && end !== null && end >= start) outcome.push(took(end - start));
  return outcome.join(', ');
}

function took(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** What an input says in one line: the value of its only or first field. */
function inputLine(input: string): string {
  const value = /^\{\s*"[^"]*": ("(?:[^"\\]|\\.)*")/.exec(input)?.[1];
  if (value === undefined) return firstLine(input.replace(/^\{\s*\}?$/, ''));
  try {
    return firstLine(String(JSON.parse(value)));
  } catch {
    return '';
  }
}

const LONGEST = 160;

function firstLine(text: string): string {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
