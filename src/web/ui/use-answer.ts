import { useEffect, useState } from 'react';

/** What the worker says, asked again with each revision and each other question. Null before the first answer. */
export function useAnswer<T>(ask: () => Promise<T>, question: unknown, revision: number): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let isWanted = true;
    // a worker that was closed meanwhile never answers; the answer that was there stays
    ask().then(
      (found) => isWanted && setAnswer(found),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the question is what `ask` asks
  }, [question, revision]);
  return answer;
}
