import { useCallback, useMemo } from 'react';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import type { OpenedTranscript } from '../../platform/browser/transcript-api.ts';
import { client } from '../app/workspace-store.ts';
import type { RowPage } from '../ui/row-pages.ts';
import type { LoadedRows } from '../ui/use-row-pages.ts';
import { useLoadedRows } from '../ui/use-row-pages.ts';

type Opened = Extract<OpenedTranscript, { ok: true }>;

export interface Rows extends Pick<LoadedRows<TranscriptMessage>, 'failure' | 'tryAgain'> {
  /** Until all messages are known, only the newest count. */
  readonly total: number;
  readonly isWhole: boolean;
  /** Undefined until it has come. */
  readonly rowAt: (at: number) => TranscriptMessage | undefined;
  readonly ensure: (from: number, to: number) => void;
}

/** The newest messages at once; all, when the worker has looked through the session. */
export function useRows({ key, newest }: Opened): Rows {
  const load = useCallback(
    async (offset: number, limit: number): Promise<RowPage<TranscriptMessage>> =>
      client().ask.transcripts.page(key, offset, limit),
    [key],
  );
  const { pages, failure, tryAgain } = useLoadedRows(load, 'end', 0);
  const version = pages?.version ?? 0;
  return useMemo(() => {
    if (pages === null) {
      const rowAt = (at: number) => newest[at];
      return { total: newest.length, isWhole: false, rowAt, ensure: () => undefined, failure, tryAgain };
    }
    const { total } = pages;
    return {
      total,
      isWhole: true,
      // among the first that came are the newest
      rowAt: (at) => pages.rowAt(at),
      ensure: (from, to) => pages.ensure(from, to),
      failure,
      tryAgain,
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the rows that have come are told by the version
  }, [pages, version, newest, failure, tryAgain]);
}
