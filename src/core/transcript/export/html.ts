/** One file that shows a transcript anywhere: it runs nothing, asks for nothing, and prints whole. */
import type { Attachment, ToolPart, TranscriptPart } from '../../model/transcript.ts';
import type { AnsiSpan } from '../ansi.ts';
import { ansiSpans } from '../ansi.ts';
import { diffLines } from '../diff.ts';
import type { ExportWriter } from './export-head.ts';
import { isoTime, recordOf, speakerOf } from './export-head.ts';
import { HTML_STYLE } from './html-style.ts';
import { toolOutcome, toolTitle } from './tool-words.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export const htmlWriter: ExportWriter = {
  begin({ summary, sessionId, projectPath, startTime }) {
    const title = escaped(summary === '' ? sessionId : summary);
    return [
      '<!doctype html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="color-scheme" content="light dark">',
      `<title>${title}</title>`,
      `<style>${HTML_STYLE}</style>`,
      '</head>',
      '<body>',
      `<header><h1 dir="auto">${title}</h1><p><code>${escaped(projectPath)}</code> · ${timeTag(startTime)}</p>`,
      `<p><code>${escaped(sessionId)}</code></p></header>`,
      '<main>',
      '',
    ].join('\n');
  },
  message(message, session) {
    const parts = message.parts.map(partHtml).filter((html) => html !== '');
    if (parts.length === 0) return '';
    const record = recordOf(message);
    const head = `<h2>${escaped(speakerOf(message, session))}</h2>${timeTag(message.time)}`;
    const facts = record === '' ? '' : `<p class="record">${escaped(record)}</p>`;
    const name = escaped(message.id);
    return `<article class="${message.role}" id="${name}"><header>${head}</header>\n${facts}${parts.join('\n')}\n</article>\n`;
  },
  end: () => '</main>\n</body>\n</html>\n',
};

/** A text where HTML stands, also within quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function timeTag(time: number): string {
  const iso = isoTime(time);
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function partHtml(part: TranscriptPart): string {
  switch (part.kind) {
    case 'text':
      return part.spoken ? prose(part.text) : folded('Added by the tool', pre(part.text));
    case 'thinking':
      return folded('Thinking', prose(part.text));
    case 'tool':
      return toolHtml(part);
    case 'attachment':
      return fileHtml(part);
    case 'subtask':
      return folded(`Sub-agent ${part.agent} ${part.title}`, prose(part.text));
    case 'compaction':
      return folded(part.auto === true ? 'Compacted by the tool' : 'Compacted', prose(part.text));
    case 'retry':
      return folded(part.attempt === null ? 'Tried again' : `Tried again, attempt ${part.attempt}`, prose(part.text));
    case 'error':
      return `<div class="error"><strong>Error${escaped(part.name === '' ? '' : ` (${part.name})`)}</strong>${prose(part.text)}</div>`;
    case 'note':
      return `<p class="note" dir="auto">${escaped(part.text)}</p>`;
    case 'unknown':
      return folded(part.type === '' ? 'Of an unknown kind' : part.type, pre(part.raw));
    case 'hidden':
      return '';
  }
}

function toolHtml(part: ToolPart): string {
  const { name, detail, input, output, error, attachments } = part;
  const title = toolTitle(part);
  const pieces: string[] = [];
  if (part.title !== '' && part.title !== title) pieces.push(`<p class="note" dir="auto">${escaped(part.title)}</p>`);
  if (detail?.kind === 'shell') pieces.push(pre(detail.command));
  if (detail?.kind === 'agent') pieces.push(prose(detail.task));
  if (detail?.kind === 'agent' && detail.sessionId !== null)
    pieces.push(`<p><code>${escaped(detail.sessionId)}</code></p>`);
  if (input !== '') pieces.push(pre(input));
  if (detail?.kind === 'edit') pieces.push(...detail.hunks.map((hunk) => diffHtml(hunk.old, hunk.new)));
  if (output !== '') pieces.push(`<pre dir="auto">${ansiSpans(output).map(spanHtml).join('')}</pre>`);
  if (error !== '') pieces.push(`<pre class="failed" dir="auto">${ansiSpans(error).map(spanHtml).join('')}</pre>`);
  pieces.push(...attachments.map(fileHtml));
  const summary = `<b>${escaped(name)}</b> <span dir="auto">${escaped(title)}</span> <i>${escaped(toolOutcome(part))}</i>`;
  return `<details class="tool"><summary>${summary}</summary>${pieces.join('\n')}</details>`;
}

function diffHtml(before: string, after: string): string {
  const classes = { ' ': 'same', '-': 'out', '+': 'in' } as const;
  const lines = diffLines(before, after).map(
    ({ mark, text }) => `<span class="${classes[mark]}">${mark}${escaped(text)}\n</span>`,
  );
  return `<pre class="diff" dir="auto">${lines.join('')}</pre>`;
}

function spanHtml({ text, color, bold, faint, italic, underline }: AnsiSpan): string {
  const names = [
    color === null ? '' : `c${color}`,
    bold ? 'bold' : '',
    faint ? 'faint' : '',
    italic ? 'italic' : '',
    underline ? 'underline' : '',
  ].filter((name) => name !== '');
  return names.length === 0 ? escaped(text) : `<span class="${names.join(' ')}">${escaped(text)}</span>`;
}

/** Only what holds its picture is shown; the address of anything else is a text. */
function fileHtml({ name, mime, place, data }: Attachment): string {
  const what = escaped([name, mime, place].filter((word) => word !== '').join(', '));
  const isPicture = data !== null && /^data:image\//i.test(data);
  return isPicture
    ? `<figure><img src="${escaped(data)}" alt="${what}"><figcaption>${what}</figcaption></figure>`
    : `<p class="note">File: ${what}</p>`;
}

function folded(title: string, html: string): string {
  return html === ''
    ? `<p class="note">${escaped(title)}</p>`
    : `<details><summary>${escaped(title)}</summary>${html}</details>`;
}

function prose(text: string): string {
  return text === '' ? '' : `<div class="prose" dir="auto">${escaped(text)}</div>`;
}

function pre(text: string): string {
  return `<pre dir="auto">${escaped(text)}</pre>`;
}
