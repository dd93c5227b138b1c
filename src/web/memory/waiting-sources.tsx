import { Link } from 'wouter';
import type { Job } from '../../core/model/job.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import type { Place } from '../sources/places-store.ts';
import { allowPlace, usePlaces } from '../sources/places-store.ts';
import { sortSources } from '../sources/words.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import { droppedEntries } from '../import/import-store.ts';
import styles from './extraction.module.css';

/** Sessions whose sources can't be read now, and what to do about each. */
export function WaitingSources({ jobs }: { jobs: readonly Job[] }) {
  const sources = useWorkspace((view) => view.snapshot?.overview.sources) ?? [];
  const places = usePlaces((view) => view.places) ?? [];
  const tools = new Set(jobs.map(({ source }) => source));
  const { byPlace, dropped } = sortSources(
    sources.filter(({ tool }) => tools.has(tool)),
    places,
  );
  const shut = places.filter(({ id, access }) => access !== 'granted' && (byPlace.get(id)?.length ?? 0) > 0);
  const isDropped = dropped.length > 0 && droppedEntries().length === 0;
  return (
    <div className={styles.waiting}>
      <p>{counted(jobs.length, 'session')} can be read when their source is in reach again:</p>
      <ul>
        {shut.map((place) => (
          <ShutPlace key={place.id} place={place} />
        ))}
        {isDropped && (
          <li>
            Drop {dropped.map(({ path }) => path).join(', ')} on this page again, or{' '}
            <Link href="/import">connect its folder</Link>.
          </li>
        )}
        {shut.length === 0 && !isDropped && (
          <li>
            <Link href="/sources">Read your sources again</Link>, or connect the folder they came from.
          </li>
        )}
      </ul>
    </div>
  );
}

function ShutPlace({ place }: { place: Place }) {
  return (
    <li>
      <code>{place.label}</code>
      {place.access === 'gone' ? (
        <span> is not where it was: when it is back, read it again.</span>
      ) : (
        <Button onClick={() => void allowPlace(place)}>Allow it to be read</Button>
      )}
    </li>
  );
}
