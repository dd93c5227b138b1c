/** What a receipt says at a glance. */
import type { Receipt } from '../../core/model/receipt.ts';
import { counted } from '../ui/format.ts';

/** `12 sessions and 340 messages are new.` */
export function headline({ unchanged, sources }: Receipt): string {
  if (unchanged) return 'Nothing new.';
  const sum = (of: 'new' | 'updated', what: 'sessions' | 'messages'): number =>
    sources.reduce((total, source) => total + source[what][of], 0);
  const parts = [
    clause(sum('new', 'sessions'), sum('new', 'messages'), 'new'),
    clause(sum('updated', 'sessions'), sum('updated', 'messages'), 'updated'),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function clause(sessions: number, messages: number, what: string): string {
  const counts = [
    ...(sessions > 0 ? [counted(sessions, 'session')] : []),
    ...(messages > 0 ? [counted(messages, 'message')] : []),
  ];
  if (counts.length === 0) return '';
  return `${counts.join(' and ')} ${sessions + messages === 1 ? 'is' : 'are'} ${what}`;
}
