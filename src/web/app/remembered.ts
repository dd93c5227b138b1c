/** The few words that must be there before the first paint. Where storage is blocked, they last as long as the page. */
import type { Space } from '../../platform/browser/space.ts';

export type Theme = 'system' | 'light' | 'dark';

const THEME = 'dramatis.theme';
const SPACE = 'dramatis.space';
const USED = 'dramatis.used';

export function rememberedTheme(): Theme {
  const theme = read(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function rememberTheme(theme: Theme): void {
  write(THEME, theme === 'system' ? null : theme);
}

export function rememberedSpace(): Space {
  return read(SPACE) === 'sample' ? 'sample' : 'own';
}

export function rememberSpace(space: Space): void {
  write(SPACE, space === 'own' ? null : space);
}

/** Nothing was ever imported in this browser, as far as it remembers: then the first screen need not wait for what is kept. */
export function isFirstVisit(): boolean {
  return read(USED) === null;
}

export function rememberUse(): void {
  if (isFirstVisit()) write(USED, 'yes');
}

export function rememberedText(key: string): string | null {
  return read(key);
}

export function rememberText(key: string, text: string | null): void {
  write(key, text);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // blocked: it lasts as long as the page
  }
}
