/** Scenes over a workspace of a few files, and what of it is read. */
import type { Workspace } from '../../core/workspace.ts';
import { layoutOf } from './layout.ts';
import type { Key } from './keys.ts';
import { splitKeys } from './keys.ts';
import type { Library } from './library.ts';
import { press } from './press.ts';
import { FIRST_STAGE, type Deed, type Stage } from './stage.ts';
import type { Scene, Standing } from './view/scene.ts';
import { PLAIN } from './view/theme.ts';

export const QUIET: Standing = {
  notice: '',
  readOnly: null,
  sync: 'not synced',
  syncLines: ['This device is not paired with another one.'],
  folder: '/home/nora/.local/share/dramatis',
};

/** A library that counts the rows it gave. */
export function counting(workspace: Workspace): Library & { rowsGiven: number } {
  const library = {
    rowsGiven: 0,
    search: workspace.search,
    personas: () => workspace.personas(),
    item: (id: string) => workspace.item(id),
    session: (id: string) => workspace.session(id),
    state: () => workspace.state(),
    overview: () => workspace.overview(),
    undoable: () => workspace.undoable(),
    timeline(personaId: string, offset: number, limit: number) {
      const page = workspace.timeline(personaId, offset, limit);
      library.rowsGiven += page?.rows.length ?? 0;
      return page;
    },
    memory(query?: Parameters<Workspace['memory']>[0]) {
      const page = workspace.memory(query);
      library.rowsGiven += page.items.length;
      return page;
    },
  };
  return library;
}

/** A person at the keys, without a terminal. */
export class Player {
  stage: Stage = FIRST_STAGE;
  readonly deeds: Deed[] = [];
  readonly library: Library;
  size: { columns: number; rows: number };

  constructor(library: Library, columns = 80, rows = 24) {
    this.library = library;
    this.size = { columns, rows };
  }

  press(text: string): this {
    for (const key of splitKeys(text).keys) this.pressKey(key);
    return this;
  }

  pressKey(key: Key): this {
    const { stage, deed } = press(this.stage, key, this.library, layoutOf(this.size));
    this.stage = stage;
    if (deed !== undefined) this.deeds.push(deed);
    return this;
  }

  scene(standing: Standing = QUIET): Scene {
    return { stage: this.stage, library: this.library, layout: layoutOf(this.size), theme: PLAIN, standing };
  }
}
