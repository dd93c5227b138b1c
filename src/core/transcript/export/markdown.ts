import type { AgentSession } from '../../model/agent-session.ts';
import type { Attachment, ToolPart, TranscriptMessage, TranscriptPart } from '../../model/transcript.ts';
import { withoutAnsi } from '../ansi.ts';
import { diffLines } from '../diff.ts';
import { withFenceEnded } from './end-fence.ts';
import type { ExportWriter } from './export-head.ts';
import { isoTime, recordOf, speakerOf } from './export-head.ts';
import { toolOutcome, toolTitle } from './tool-words.ts';

export const markdownWriter: ExportWriter = {
  begin({ summary, sessionId, projectPath, startTime }: AgentSession): string {
    const facts = [`- Session: \`${sessionId}\``, `- Folder: \`${projectPath}\``, `- Started: ${isoTime(startTime)}`];
    return `# ${line(summary) || sessionId}\n\n${facts.join('\n')}\n`;
  },
  message(message: TranscriptMessage, session): string {
    const parts = message.parts.map(partText).filter((text) => text !== '');
    if (parts.length === 0) return '';
    const record = recordOf(message);
    const head = `## ${speakerOf(message, session)} · ${isoTime(message.time)}${record === '' ? '' : `\n\n_${record}_`}`;
    return `\n${[head, ...parts].join('\n\n')}\n`;
  },
  end: () => '',
};

function partText(part: TranscriptPart): string {
  switch (part.kind) {
    case 'text':
      return part.spoken ? withFenceEnded(part.text) : named('Added by the tool', fenced(part.text));
    case 'thinking':
      return named('Thinking', quoted(part.text));
    case 'tool':
      return toolText(part);
    case 'attachment':
      return attachmentText(part);
    case 'subtask':
      return named(`Sub-agent ${part.agent}`, quoted([part.title, part.text].filter(Boolean).join('\n\n')));
    case 'compaction':
      return named(part.auto === true ? 'Compacted by the tool' : 'Compacted', quoted(part.text));
    case 'retry':
      return named(part.attempt === null ? 'Tried again' : `Tried again, attempt ${part.attempt}`, quoted(part.text));
    case 'error':
      return named(`Error${part.name === '' ? '' : ` (${part.name})`}`, quoted(part.text));
    case 'note':
      return `_${part.text}_`;
    case 'unknown':
      return named(part.type === '' ? 'Of an unknown kind' : part.type, fenced(part.raw, 'json'));
    case 'hidden':
      return '';
  }
}

function toolText(part: ToolPart): string {
  const { name, detail, input, output, error, attachments } = part;
  const outcome = toolOutcome(part);
  const title = line(toolTitle(part));
  const head = `${name}${title === '' ? '' : `: ${title}`}${outcome === '' ? '' : ` (${outcome})`}`;
  const pieces: string[] = [];
  if (part.title !== '' && title !== line(part.title)) pieces.push(part.title);
  if (detail?.kind === 'shell') pieces.push(fenced(detail.command, 'sh'));
  if (detail?.kind === 'agent' && detail.sessionId !== null) pieces.push(`Session \`${detail.sessionId}\``);
  if (detail?.kind === 'agent') pieces.push(quoted(detail.task));
  if (input !== '') pieces.push(fenced(input, 'json'));
  if (detail?.kind === 'edit') pieces.push(...detail.hunks.map((hunk) => fenced(diffText(hunk.old, hunk.new), 'diff')));
  if (output !== '') pieces.push(fenced(withoutAnsi(output)));
  if (error !== '') pieces.push(fenced(withoutAnsi(error)));
  pieces.push(...attachments.map(attachmentText));
  return named(head, pieces.filter((piece) => piece !== '').join('\n\n'));
}

function diffText(before: string, after: string): string {
  return diffLines(before, after)
    .map(({ mark, text }) => mark + text)
    .join('\n');
}

function attachmentText({ name, mime, place, data }: Attachment): string {
  const what = line([name, mime, place].filter((word) => word !== '').join(', '));
  return data === null
    ? `_File: ${what}_`
    : `![${what.replace(/[[\]]/g, '')}](${data.replace(/[()<>\s]/g, inAddress)})`;
}

/** What would end an address, written so that it does not. */
function inAddress(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function named(title: string, text: string): string {
  return text === '' ? `**${title}**` : `**${title}**\n\n${text}`;
}

/** In a fence that nothing in it can end. */
function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function quoted(text: string): string {
  return text === '' ? '' : text.replace(/^/gm, '> ');
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
