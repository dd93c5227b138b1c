import { createContext, useContext } from 'react';
import type { Layout } from '../layout.ts';
import type { Library } from '../library.ts';
import type { Stage } from '../stage.ts';
import type { Theme } from './theme.ts';

/** What every part of the screen is drawn from. */
export interface Scene {
  readonly stage: Stage;
  readonly library: Library;
  readonly layout: Layout;
  readonly theme: Theme;
  /** What is to be said beside what is shown. */
  readonly standing: Standing;
}

export interface Standing {
  /** What happened last, or goes on: one line; empty when there is nothing to say. */
  readonly notice: string;
  /** Why nothing can be changed now; null when it can. */
  readonly readOnly: string | null;
  /** `synced 2 min ago`, `not paired` */
  readonly sync: string;
  /** Lines of the sync screen. */
  readonly syncLines: readonly string[];
  readonly folder: string;
}

const SceneContext = createContext<Scene | null>(null);

export const SceneProvider = SceneContext.Provider;

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === null) throw new Error('nothing is shown outside a scene');
  return scene;
}
