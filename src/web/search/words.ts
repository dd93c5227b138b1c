/** What search says of itself. */
import type { KeptResults } from '../../core/model/search-views.ts';
import { counted, number } from '../ui/format.ts';
import type { History } from './use-history.ts';

/** `1,204 of 171,300 messages searched, 37 found` */
export function historyWords(history: History): string {
  if (history.state === 'none') return '';
  if (history.state === 'unreachable')
    return 'No source can be read in this tab: only what is kept was searched. Connect one on Sources.';
  const { searched, total, found, toolSessions } = history.progress;
  if (history.state === 'waiting') return 'An import comes first; the whole history is searched after it.';
  if (history.state === 'done') {
    const tools = toolSessions === null ? '' : ` and the tools of ${counted(toolSessions.done, 'session')}`;
    return `${counted(searched, 'message')}${tools} searched, ${number(found)} more found`;
  }
  if (history.state === 'stopped')
    return `Stopped: ${number(searched)} of ${counted(total, 'message')} searched, ${number(found)} more found`;
  if (toolSessions !== null)
    return `Tools of ${number(toolSessions.done)} of ${counted(toolSessions.total, 'session')} searched, ${number(found)} more found`;
  if (searched === 0) return 'Searching the whole history…';
  return `${number(searched)} of ${counted(total, 'message')} searched, ${number(found)} more found`;
}

/** `3 personas, 12 sessions, 37 messages` */
export function keptWords({ personas, sessions, items, messages, isEmpty }: KeptResults): string {
  if (isEmpty) return '';
  const counts = [
    [personas.total, 'persona'],
    [sessions.total, 'session'],
    [items.total, 'item'],
    [messages.total, 'message'],
  ] as const;
  const some = counts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun));
  return some.length === 0 ? 'Nothing kept fits' : `Kept: ${some.join(', ')}`;
}

/** For those who hear: not each step of a search that goes on. */
export function spokenWords(kept: KeptResults | null, history: History): string {
  const settled = history.state === 'running' ? 'Searching the whole history…' : historyWords(history);
  return [kept === null ? '' : keptWords(kept), settled].filter((words) => words !== '').join('. ');
}
