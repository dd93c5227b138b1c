import type { Change, ChangeListener } from './vault-store.ts';

/** Who listens to which vault, by its name. */
export class Listeners {
  readonly #byVault = new Map<string, Set<ChangeListener>>();

  /** @returns stops it */
  add(name: string, listener: ChangeListener): () => void {
    const own: ChangeListener = (change) => listener(change);
    const all = this.#byVault.get(name) ?? new Set();
    this.#byVault.set(name, all.add(own));
    return () => {
      all.delete(own);
      if (all.size === 0 && this.#byVault.get(name) === all) this.#byVault.delete(name);
    };
  }

  has(name: string): boolean {
    return this.#byVault.has(name);
  }

  tell(name: string, change: Change): void {
    for (const listener of this.#byVault.get(name) ?? []) listener(change);
  }

  tellAll(change: Change): void {
    for (const name of this.#byVault.keys()) this.tell(name, change);
  }
}
