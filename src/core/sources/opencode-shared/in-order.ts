/**
 * Does a task for each item, several at a time, and gives the results in the order of the items: so that what is read in
 * parallel is told the same way every time. At most `width` results wait.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  task: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = task(item);
      result.catch(() => undefined); // a failure is raised when its turn comes, or not at all
      running.push(result);
      const first = running.length < width ? undefined : running.shift();
      if (first !== undefined) yield await first;
    }
    for (let first = running.shift(); first !== undefined; first = running.shift()) yield await first;
  } finally {
    await Promise.allSettled(running);
  }
}
