import { X } from 'lucide-react';
import { useEffect } from 'react';
import { readAgain } from '../../platform/browser/connected.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { forgetConnected, importPicked, isImporting, loadConnected, useImport } from '../import/import-store.ts';
import { Button } from '../ui/button.tsx';
import list from './list.module.css';
import styles from './start.module.css';

/** Folders and files chosen before: a click reads them again. */
export function ConnectedPlaces() {
  const places = useImport((view) => view.connected);
  useImport((view) => view.stage.name);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  useEffect(() => void loadConnected(), []);
  if (places.length === 0) return null;
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
            <span className={list.actions}>
              <Button disabled={isImporting() || isFollower} onClick={() => void importPicked(() => readAgain(place))}>
                Import again
              </Button>
              <Button
                look="icon"
                aria-label={`Forget ${place.label}`}
                title="Forget"
                onClick={() => void forgetConnected(place.id)}
              >
                <X size={15} strokeWidth={1.75} aria-hidden />
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function describe(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
