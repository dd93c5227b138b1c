/**
 * Does something with each, in their order and so many at a time. After one has failed no other is begun, and when those under way
 * have ended the first error is thrown.
 */
export async function atOnce<T>(most: number, all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let next = left.next(); !next.done && failures.length === 0; next = left.next()) {
      try {
        // eslint-disable-next-line no-await-in-loop -- so many at a time, no more
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  if (failures.length > 0) throw failures[0];
}
