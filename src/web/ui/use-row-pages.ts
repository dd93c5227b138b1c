import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LoadRows } from './row-pages.ts';
import { RowPages } from './row-pages.ts';

const NONE = new RowPages<never>(() => Promise.reject(new Error('nothing to load')), 0);

export interface LoadedRows<Row> {
  /** While a new list loads its first rows, the one before stays; null before the first. */
  readonly pages: RowPages<Row> | null;
  /** Why the first rows of the list could not be had, when that is so. */
  readonly failure: { readonly error: unknown } | null;
  readonly tryAgain: () => void;
}

interface Failed {
  readonly load: unknown;
  readonly attempt: number;
  readonly error: unknown;
}

/**
 * The rows of a list, paged, asked for anew with each revision. Null before the first; throws when that can't be had: the screen says so.
 * `load` must stay the same function as long as the list is the same.
 */
export function useRowPages<Row>(load: LoadRows<Row>, from: 'start' | 'end', revision: number): RowPages<Row> | null {
  const { pages, failure } = useLoadedRows(load, from, revision);
  if (failure !== null) throw failure.error;
  return pages;
}

/** The same for a screen that has something to show without them. */
export function useLoadedRows<Row>(load: LoadRows<Row>, from: 'start' | 'end', revision: number): LoadedRows<Row> {
  const [shown, setShown] = useState<{ readonly load: unknown; readonly pages: RowPages<Row> } | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef<RowPages<Row> | null>(null);
  useEffect(() => {
    let isWanted = true;
    const next = new RowPages(load, revision);
    const before = latest.current;
    // the rows that are looked at come before the list is exchanged: it does not flicker
    const filled = async (): Promise<void> => {
      await next.start(from);
      if (before !== null) await next.fill(...before.wanted);
    };
    // a worker that was closed meanwhile never answers
    filled().then(
      () => isWanted && setShown({ load, pages: next }),
      (error: unknown) => isWanted && setFailed({ load, attempt, error }),
    );
    return () => {
      isWanted = false;
    };
  }, [load, from, revision, attempt]);
  const pages = shown?.pages ?? null;
  useEffect(() => {
    latest.current = pages;
  }, [pages]);
  const source: RowPages<Row> = pages ?? NONE;
  useSyncExternalStore(source.subscribe, () => source.version);
  const tryAgain = useCallback(() => setAttempt((times) => times + 1), []);
  // of a list that was there once the rows stay
  const isFailed = failed?.load === load && failed.attempt === attempt && shown?.load !== load;
  return { pages, failure: isFailed ? failed : null, tryAgain };
}
