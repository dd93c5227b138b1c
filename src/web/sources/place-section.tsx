import { RefreshCw, X } from 'lucide-react';
import type { SourceSummary } from '../../core/model/views.ts';
import { canObserve } from '../../platform/browser/observe.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { importPicked, isImporting, useImport } from '../import/import-store.ts';
import { Button } from '../ui/button.tsx';
import type { Place } from './places-store.ts';
import { allowPlace, forgetPlace, readPlaces, watchPlace } from './places-store.ts';
import { SourceRows } from './source-rows.tsx';
import styles from './sources.module.css';
import { StateMark } from './state-mark.tsx';
import { stateOf } from './words.ts';

interface PlaceSectionProps {
  readonly place: Place;
  readonly sources: readonly SourceSummary[];
}

/** One connected place: how it stands, what it holds, and what can be done with it. */
export function PlaceSection({ place, sources }: PlaceSectionProps) {
  return (
    <section className={styles.place} aria-labelledby={place.id}>
      <header className={styles.head}>
        <h2 id={place.id} className={styles.label} title={place.handles.map(({ name }) => name).join(', ')}>
          {place.label}
        </h2>
        <StateMark state={stateOf(place)} />
        <PlaceActions place={place} stores={sources.map(({ store }) => store)} />
      </header>
      {place.problems.map((problem) => (
        <p key={`${problem.file} ${problem.message}`} className={styles.problem} role="alert">
          {problem.message}
        </p>
      ))}
      {place.access === 'gone' && (
        <p className={styles.problem}>
          It was moved, deleted or unplugged. Its sessions are kept, marked as gone; when it is back, read it again.
        </p>
      )}
      <SourceRows sources={sources} />
    </section>
  );
}

function PlaceActions({ place, stores }: { place: Place; stores: readonly string[] }) {
  useImport((view) => view.stage.name);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  const disabled = isImporting() || isFollower;
  return (
    <span className={styles.tools}>
      <label className={styles.watch} title={canObserve() ? '' : 'This browser can’t watch folders'}>
        <input
          type="checkbox"
          checked={place.watch && canObserve()}
          disabled={isFollower || !canObserve()}
          onChange={(event) => void watchPlace(place.id, event.target.checked)}
        />
        Watch
      </label>
      {place.access === 'ask' && (
        <Button disabled={disabled} onClick={() => void allowPlace(place)}>
          Allow
        </Button>
      )}
      <Button disabled={disabled} onClick={() => void importPicked(() => readPlaces([place]))}>
        <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
        Read again
      </Button>
      <Button
        look="icon"
        disabled={disabled}
        aria-label={`Forget ${place.label}`}
        title="Forget this place; its sessions stay in the catalog"
        onClick={() => void forgetPlace(place, stores)}
      >
        <X size={15} strokeWidth={1.75} aria-hidden />
      </Button>
    </span>
  );
}
