import { useSyncExternalStore } from 'react';

const NEVER = (): (() => void) => () => undefined;

/** What only the browser knows. The page that was built shows `atBuild`; what is so is shown as soon as the page listens. */
export function useOfBrowser<T>(look: () => T, atBuild: T): T {
  return useSyncExternalStore(NEVER, look, () => atBuild);
}
