/** The screens, by the words people look for them with. */
export interface Screen {
  readonly name: string;
  readonly address: string;
  readonly keys: string;
  /** Beside its name. */
  readonly words: string;
}

export const SCREENS: readonly Screen[] = [
  { name: 'Personas', address: '/personas', keys: 'g p', words: 'agents who' },
  { name: 'Sessions', address: '/sessions', keys: 'g s', words: 'catalog conversations' },
  { name: 'Activity', address: '/activity', keys: 'g a', words: 'time hours days tokens cost calendar' },
  { name: 'Memory', address: '/memory', keys: 'g m', words: 'facts traits people topics quotes items' },
  { name: 'Sources', address: '/sources', keys: 'g o', words: 'folders connected rescan' },
  { name: 'Import', address: '/import', keys: 'g i', words: 'drop folder database' },
  { name: 'Settings', address: '/settings', keys: 'g ,', words: 'extraction provider backup' },
];

/** Those of which a word begins so. Without anything typed: all. */
export function screensFor(typed: string): readonly Screen[] {
  const asked = typed.trim().toLowerCase();
  if (asked === '') return SCREENS;
  return SCREENS.filter(({ name, words }) =>
    `${name} ${words}`
      .toLowerCase()
      .split(' ')
      .some((word) => word.startsWith(asked)),
  );
}
