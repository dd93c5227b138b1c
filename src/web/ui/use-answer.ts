import { useEffect, useState } from 'react';

interface Answer<T> {
  readonly question: unknown;
  readonly value: T;
}

/**
 * What the worker says, asked again with each revision and each other question. Null before the first answer; until the next one the last
 * stays. Throws what a question failed with that was never answered: the screen says so.
 */
export function useAnswer<T>(ask: () => Promise<T>, question: unknown, revision: number): T | null {
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const [failure, setFailure] = useState<Answer<unknown> | null>(null);
  useEffect(() => {
    let isWanted = true;
    // a worker that was closed meanwhile never answers
    ask().then(
      (value) => isWanted && setAnswer({ question, value }),
      (value: unknown) => isWanted && setFailure({ question, value }),
    );
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the question is what `ask` asks
  }, [question, revision]);
  if (failure !== null && failure.question === question && answer?.question !== question) throw failure.value;
  return answer?.value ?? null;
}
