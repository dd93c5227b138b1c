/**
 * What is made when it is first asked for, and is for all who ask then and later. When making it fails it is made again.
 *
 * @example
 * const index = new MadeOnce<Index>();
 * await index.get(() => readAll(signal));
 */
export class MadeOnce<T> {
  #made: Promise<T> | null = null;

  get(make: () => Promise<T>): Promise<T> {
    this.#made ??= make().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    return this.#made;
  }
}
