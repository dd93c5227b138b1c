import { useEffect, useRef } from 'react';

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** A second key must follow its first within this time, ms. */
const SEQUENCE_MS = 1000;

/**
 * Listens for single keys (`j`, `?`) and sequences (`g p`) wherever the focus is, but not while someone types or a dialog
 * is open. Keys with Ctrl, Alt or Cmd stay the browser's.
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isTyping(event.target) || isDialogOpen()) return;
      if (event.key === 'Enter' && isPressable(event.target)) return;
      const sequence = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${event.key}` : '';
      const act = latest.current[sequence] ?? latest.current[event.key];
      first = sequence in latest.current ? null : { key: event.key, at: event.timeStamp };
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Enter presses what has the focus. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button') !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
