import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** A screen begins at its top, unless a person went back to it: then the browser knows where they were. */
export function useScrollTop(): void {
  const [location] = useLocation();
  const wentBack = useRef(false);
  const shown = useRef(location);
  useEffect(() => {
    const note = (): void => {
      wentBack.current = true;
    };
    window.addEventListener('popstate', note);
    return () => window.removeEventListener('popstate', note);
  }, []);
  useEffect(() => {
    if (shown.current !== location && !wentBack.current) window.scrollTo(0, 0);
    shown.current = location;
    wentBack.current = false;
  }, [location]);
}
