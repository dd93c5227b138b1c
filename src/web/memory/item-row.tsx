import { Check, Pencil, X } from 'lucide-react';
import type { Item } from '../../core/model/item.ts';
import type { SessionName } from '../../platform/browser/memory-api.ts';
import { newestWords } from '../../platform/browser/memory-api.ts';
import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import { act } from './deeds.ts';
import { ItemEdit } from './item-edit.tsx';
import { ItemWhy } from './item-why.tsx';
import styles from './item-row.module.css';
import { descriptionOf, KIND_NAMES, STATUS_NAMES, titleOf } from './words.ts';

export interface MemoryRow {
  readonly item: Item;
  /** Of its newest words. */
  readonly session: SessionName | null;
}

interface ItemRowProps extends MemoryRow {
  readonly isMarked: boolean;
  readonly isOpen: boolean;
  readonly isEdited: boolean;
  readonly isPicked: boolean;
  readonly mayWrite: boolean;
  readonly onOpen: () => void;
  readonly onEdit: (isEdited: boolean) => void;
  readonly onPick: () => void;
}

/** One thing that is remembered, with the words it comes from. */
export function ItemRow(props: ItemRowProps) {
  const { item, isMarked, isOpen, isEdited, isPicked } = props;
  const { kind, status } = item;
  const title = titleOf(item);
  const description = descriptionOf(item);
  const look = [styles.row, isMarked && styles.marked, isPicked && styles.picked, styles[status]];
  return (
    <article className={look.filter(Boolean).join(' ')} aria-label={title} aria-current={isMarked || undefined}>
      <span className={styles.kind}>{KIND_NAMES[kind][0]}</span>
      <div className={styles.body}>
        {isEdited ? (
          <ItemEdit item={item} onEnd={() => props.onEdit(false)} />
        ) : (
          <h2 className={kind === 'quote' ? styles.said : styles.name}>
            <button type="button" aria-expanded={isOpen} title="Why do you know this? (Enter)" onClick={props.onOpen}>
              {kind === 'quote' ? <q>{title}</q> : title}
            </button>
            <Aliases item={item} />
          </h2>
        )}
        {description !== '' && !isEdited && <p className={styles.description}>{description}</p>}
        {isOpen ? <ItemWhy item={item} mayWrite={props.mayWrite} /> : <Words {...props} />}
      </div>
      <div className={styles.tools}>
        {status !== 'proposed' && <span className={styles.status}>{STATUS_NAMES[status]}</span>}
        {props.mayWrite && status !== 'superseded' && <Actions {...props} />}
      </div>
    </article>
  );
}

/** What else a person is called. */
function Aliases({ item: { aliases } }: { item: Item }) {
  return aliases.length === 0 ? null : <span className={styles.about}>also {aliases.join(', ')}</span>;
}

/** Its newest words, as they were said. */
function Words({ item, session }: ItemRowProps) {
  const words = newestWords(item);
  if (words === undefined) return null;
  const more = item.evidence.length - 1;
  return (
    <p className={styles.words}>
      {item.kind !== 'quote' && <q dir="auto">{words.text}</q>}
      <span className={styles.where}>
        You, <Ago time={words.time} />
        {session !== null && `, in ${session.title}`}
        {more > 0 && `, and ${counted(more, 'more time')}`}
      </span>
    </p>
  );
}

function Actions({ item, isPicked, onEdit, onPick }: ItemRowProps) {
  const { id, status, kind } = item;
  const name = titleOf(item);
  return (
    <>
      <label className={styles.pick} title="Choose it to be merged (m)">
        <input type="checkbox" checked={isPicked} onChange={onPick} aria-label={`Choose ${name} to be merged`} />
      </label>
      <Button
        look="icon"
        aria-label={`Confirm ${name}`}
        title="Confirm (c)"
        disabled={status === 'confirmed'}
        onClick={() => void act({ kind: 'confirm', id })}
      >
        <Check size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        look="icon"
        aria-label={`Correct ${name}`}
        title={kind === 'quote' ? 'A quote stays as it was said' : 'Correct (e)'}
        disabled={kind === 'quote'}
        onClick={() => onEdit(true)}
      >
        <Pencil size={15} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        look="icon"
        aria-label={`Reject ${name}`}
        title="Reject (x)"
        disabled={status === 'rejected'}
        onClick={() => void act({ kind: 'reject', id })}
      >
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </>
  );
}
