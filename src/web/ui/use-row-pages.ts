import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LoadRows } from './row-pages.ts';
import { RowPages } from './row-pages.ts';

const NONE = new RowPages<never>(() => Promise.reject(new Error('nothing to load')), 0);

/**
 * The rows of a list, paged, asked for anew with each revision. While a new list loads its first rows, the one before stays; null before the first.
 * `load` must stay the same function as long as the list is the same.
 */
export function useRowPages<Row>(load: LoadRows<Row>, from: 'start' | 'end', revision: number): RowPages<Row> | null {
  const [pages, setPages] = useState<RowPages<Row> | null>(null);
  const latest = useRef<RowPages<Row> | null>(null);
  useEffect(() => {
    let isWanted = true;
    const next = new RowPages(load, revision);
    const shown = latest.current;
    // the rows that are looked at come before the list is exchanged: it does not flicker
    const filled = async (): Promise<void> => {
      await next.start(from);
      if (shown !== null) await next.fill(...shown.wanted);
    };
    // a worker that was closed meanwhile never answers; one that fails leaves the list that was there
    filled().then(
      () => isWanted && setPages(next),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [load, from, revision]);
  useEffect(() => {
    latest.current = pages;
  }, [pages]);
  const source: RowPages<Row> = pages ?? NONE;
  useSyncExternalStore(source.subscribe, () => source.version);
  return pages;
}
