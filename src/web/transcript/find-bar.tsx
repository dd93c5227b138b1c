import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import fields from '../ui/field.module.css';
import styles from './find-bar.module.css';
import type { Found } from './use-find.ts';

interface FindBarProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly query: string;
  readonly found: Found | null;
  /** Which of the places is looked at; null for none yet. */
  readonly at: number | null;
  readonly onQuery: (query: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** Looks for a text in the whole session, folded or not. */
export function FindBar({ ref, query, found, at, onQuery, onStep, onClose }: FindBarProps) {
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  const isNone = (found?.hits.length ?? 0) === 0;
  return (
    <search className={styles.bar}>
      <input
        ref={ref}
        className={`${fields.field} ${styles.field}`}
        type="search"
        aria-label="Find in this session"
        placeholder="Find: words, or tool:bash"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={keys}
      />
      <output className={styles.count}>{words(found, at)}</output>
      <Button look="icon" aria-label="Previous place" title="Previous (N)" disabled={isNone} onClick={() => onStep(-1)}>
        <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button look="icon" aria-label="Next place" title="Next (n)" disabled={isNone} onClick={() => onStep(1)}>
        <ArrowDown size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button look="icon" aria-label="Close find" title="Close (Esc)" onClick={onClose}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </search>
  );
}

/** `2 of 14 places, 31 times · still looking, 40 %` */
function words(found: Found | null, at: number | null): string {
  if (found === null) return '';
  const { hits, count, done, total, isOver, trouble } = found;
  if (trouble !== '') return `Stopped: ${trouble}`;
  const looking = isOver ? '' : total === 0 ? 'looking…' : `still looking, ${Math.round((100 * done) / total)} %`;
  if (hits.length === 0) return isOver ? 'Not found' : looking;
  const places = hits.length === 1 ? 'place' : 'places';
  const times = count === hits.length ? '' : `, ${number(count)} times`;
  const which = at === null ? '' : `${number(at + 1)} of `;
  return [`${which}${number(hits.length)} ${places}${times}`, looking].filter((word) => word !== '').join(' · ');
}
