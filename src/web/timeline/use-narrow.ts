import { useSyncExternalStore } from 'react';

const NARROW = typeof matchMedia === 'undefined' ? null : matchMedia('(width < 720px)');

function subscribe(listener: () => void): () => void {
  NARROW?.addEventListener('change', listener);
  return () => NARROW?.removeEventListener('change', listener);
}

/** Whether there is no room beside the lanes for their names. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => NARROW?.matches ?? false);
}
