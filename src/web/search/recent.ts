/** What was searched for on this device. */
import * as v from 'valibot';
import { rememberedText, rememberText } from '../app/remembered.ts';

const KEY = 'dramatis.searches';
const MOST = 8;
const Recent = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export function recentSearches(): readonly string[] {
  const kept = v.safeParse(Recent, rememberedText(KEY));
  return kept.success ? kept.output : [];
}

export function rememberSearch(text: string): void {
  const asked = text.trim();
  if (asked === '') return;
  const others = recentSearches().filter((each) => each !== asked);
  rememberText(KEY, JSON.stringify([asked, ...others].slice(0, MOST)));
}

export function forgetSearches(): void {
  rememberText(KEY, null);
}
