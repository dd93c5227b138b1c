import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useKeys } from '../ui/use-keys.ts';

/** Screens that have a search of their own at "/". */
const OWN_SEARCH = /^\/(?:sessions|memory|search)(?:\/|$)/;

/** Ctrl K or Cmd K wherever the focus is, and "/" where it does not search the screen. */
export function useSearchKeys(open: () => void): void {
  const [location] = useLocation();
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isAsked = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      if (!isAsked || event.altKey || event.shiftKey || event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  useKeys(OWN_SEARCH.test(location) ? {} : { '/': open });
}
