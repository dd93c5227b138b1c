import type { HistoryOutcome, Hits, KeptResults, Marked, MessageHit } from '../core/model/search-views.ts';
import type { Io } from './io.ts';
import { TOOL_NAMES } from './places.ts';
import { count, faint, localDay, localTime, oneLine, strong } from './text.ts';

/** What `search` prints for people: a section for each sort, the newest first. */
export function searchText(kept: KeptResults, history: HistoryOutcome | null, { styled }: Io): string {
  const show = (text: Marked): string => markedText(text, styled);
  const message = (hit: MessageHit): string[] => messageLines(hit, styled);
  const sections = [
    section('Personas', kept.personas, styled, ({ name, source }) => [`${show(name)}  ${TOOL_NAMES[source]}`]),
    section('Sessions', kept.sessions, styled, ({ id, title, excerpt, projectName, time }) => [
      show(title),
      ...(excerpt === null ? [] : [`  ${show(excerpt)}`]),
      faint(`  ${localDay(time)} ${oneLine(projectName)} ${oneLine(id)}`, styled),
    ]),
    section('Memory', kept.items, styled, ({ kind, name, excerpt, time }) => [
      show(name),
      ...(excerpt === null ? [] : [`  ${show(excerpt)}`]),
      faint(`  ${localDay(time)} ${kind}`, styled),
    ]),
    section('Kept messages', kept.messages, styled, message),
    ...(history === null
      ? []
      : [section('Whole history', { total: history.found, hits: history.hits }, styled, message)]),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function section<T>(title: string, { total, hits }: Hits<T>, styled: boolean, linesOf: (hit: T) => string[]): string {
  if (hits.length === 0) return '';
  const counts = total > hits.length ? `the newest ${count(hits.length)} of ${count(total)}` : count(total);
  const lines = hits.flatMap(linesOf).map((line) => `  ${line}`);
  return `${strong(`${title} (${counts})`, styled)}\n${lines.join('\n')}\n`;
}

function messageLines(
  { role, byPerson, agent, time, excerpt, projectName, sessionId, id }: MessageHit,
  styled: boolean,
): string[] {
  const who = byPerson ? 'You' : role === 'user' ? `to ${agent}` : agent;
  const place = [localTime(time), oneLine(who), oneLine(projectName), oneLine(sessionId), oneLine(id)];
  return [markedText(excerpt, styled), faint(`  ${place.filter((part) => part !== '').join(' ')}`, styled)];
}

/** On one line, with what was found in heavier type. */
function markedText({ text, marks }: Marked, styled: boolean): string {
  let shown = '';
  let end = 0;
  for (const mark of marks) {
    shown += safe(text.slice(end, mark.start)) + strong(safe(text.slice(mark.start, mark.end)), styled);
    ({ end } = mark);
  }
  return (shown + safe(text.slice(end))).trim();
}

/** Cleaned, with the spaces at its ends. */
function safe(text: string): string {
  const bare = oneLine(text);
  if (bare === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${bare}${/\s$/.test(text) ? ' ' : ''}`;
}
