/** What came in the background, until it was seen. */
import { create } from 'zustand';
import type { Receipt } from '../../core/model/receipt.ts';
import { counted } from '../ui/format.ts';

export interface News {
  /** New sessions, by the place they came from. */
  readonly arrived: ReadonlyMap<string, number>;
}

const NOTHING: News = { arrived: new Map() };

export const useNews = create<News>(() => NOTHING);

/** Sessions that only went on are no news: they are what one is working on. */
export function addNews(label: string, { sources }: Receipt): void {
  const fresh = sources.reduce((count, { sessions }) => count + sessions.new, 0);
  if (fresh === 0) return;
  useNews.setState(({ arrived }) => ({ arrived: new Map(arrived).set(label, (arrived.get(label) ?? 0) + fresh) }));
}

export function clearNews(): void {
  useNews.setState(NOTHING);
}

/** `3 new sessions from opencode`; empty when there is nothing new. */
export function newsText({ arrived }: News): string {
  if (arrived.size === 0) return '';
  const sessions = [...arrived.values()].reduce((sum, count) => sum + count, 0);
  return `${counted(sessions, 'new session')} from ${[...arrived.keys()].join(' and ')}`;
}
