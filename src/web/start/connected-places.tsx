import { useEffect } from 'react';
import { Link } from 'wouter';
import { useWorkspace } from '../app/workspace-store.ts';
import { importPicked, isImporting, useImport } from '../import/import-store.ts';
import { loadPlaces, readPlaces, usePlaces } from '../sources/places-store.ts';
import { Button } from '../ui/button.tsx';
import list from './list.module.css';
import styles from './start.module.css';

/** Folders and files chosen before: a click reads them again. More can be done with them on the Sources page. */
export function ConnectedPlaces() {
  const places = usePlaces((view) => view.places);
  useImport((view) => view.stage.name);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  useEffect(() => void loadPlaces(), []);
  if (places === null || places.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="connected">
      <h2 id="connected" className={styles.heading}>
        Connected
      </h2>
      <ul>
        {places.map((place) => (
          <li key={place.id} className={list.row}>
            <span className={list.path} title={place.handles.map(({ name }) => name).join(', ')}>
              {place.label}
            </span>
            <span className={list.detail}>{place.kind === 'folder' ? 'folder' : describe(place.handles.length)}</span>
            <Button disabled={isImporting() || isFollower} onClick={() => void importPicked(() => readPlaces([place]))}>
              Import again
            </Button>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        <Link href="/sources">Sources</Link> says how each stands, watches it, or forgets it.
      </p>
    </section>
  );
}

function describe(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
