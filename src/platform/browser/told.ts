/** Names from an observed folder down to what changed in it. */
export type ToldPath = readonly string[];

/** More than this, and looking at everything is as quick. */
const MOST_PATHS = 1_000;

/** What was told of a watched place since it was looked at. Everything, at first. */
export class Told {
  /** By their names as JSON, so that each counts once; null: anything may have changed. */
  #paths: Map<string, ToldPath> | null = null;

  /** @param paths null: anything may have changed */
  add(paths: readonly ToldPath[] | null): void {
    if (paths === null) this.#paths = null;
    for (const path of paths ?? []) this.#paths?.set(JSON.stringify(path), path);
    if (this.#paths !== null && this.#paths.size > MOST_PATHS) this.#paths = null;
  }

  /** What the look that begins now has to look at; null: at everything. A look that fails adds it again. */
  take(): readonly ToldPath[] | null {
    const taken = this.#paths;
    this.#paths = new Map();
    return taken === null ? null : [...taken.values()];
  }
}
