/** Does the same for each value, so many at a time. Results in the order of the values. */
export async function inFlight<T, R>(values: readonly T[], most: number, task: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < values.length; i = next++) {
      const value = values[i];
      if (value !== undefined) results[i] = await task(value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, values.length) }, work));
  return results;
}
