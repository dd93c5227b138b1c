import type { ItemKind } from '../../core/model/item.ts';
import { ITEM_KINDS } from '../../core/model/item.ts';
import { number } from '../ui/format.ts';
import styles from './memory.module.css';
import { KIND_NAMES } from './words.ts';

interface KindTabsProps {
  readonly kinds: Readonly<Record<ItemKind, number>> | null;
  readonly chosen: ItemKind | '';
  readonly onChoose: (kind: ItemKind | '') => void;
}

/** The kinds with how many there are of each: one is chosen, or all. */
export function KindTabs({ kinds, chosen, onChoose }: KindTabsProps) {
  const all = kinds === null ? null : Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const tabs: readonly (readonly [ItemKind | '', string, number | null])[] = [
    ['', 'All', all],
    ...ITEM_KINDS.map((kind) => [kind, KIND_NAMES[kind][1], kinds?.[kind] ?? null] as const),
  ];
  return (
    <fieldset className={styles.kinds} aria-label="Kinds">
      {tabs.map(([kind, name, count]) => (
        <button key={kind} type="button" aria-pressed={kind === chosen} onClick={() => onChoose(kind)}>
          {name}
          <span>{count === null ? '' : number(count)}</span>
        </button>
      ))}
    </fieldset>
  );
}
