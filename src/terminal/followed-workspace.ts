import type { Workspace } from '../core/workspace.ts';

/**
 * The workspace of a state folder that other processes write to, as it is whenever it is asked for. It is opened again only after
 * a commit.
 *
 * @example
 * const followed = context.follow();
 * const workspace = await followed.current();
 */
export class FollowedWorkspace {
  readonly #mark: () => Promise<string>;
  readonly #open: () => Promise<Workspace>;
  #opened: { readonly mark: string; readonly workspace: Promise<Workspace> } | null = null;

  /**
   * @param mark another text after every commit
   * @param open a snapshot
   */
  constructor(mark: () => Promise<string>, open: () => Promise<Workspace>) {
    this.#mark = mark;
    this.#open = open;
  }

  /** Throws what opening throws; the next one to ask tries again. */
  async current(): Promise<Workspace> {
    const mark = await this.#mark();
    if (this.#opened?.mark !== mark) this.#opened = { mark, workspace: this.#open() };
    const { workspace } = this.#opened;
    try {
      return await workspace;
    } catch (error) {
      if (this.#opened.workspace === workspace) this.#opened = null;
      throw error;
    }
  }
}
