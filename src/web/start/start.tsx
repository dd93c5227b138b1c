import { useWorkspace } from '../app/workspace-store.ts';
import { useTitle } from '../ui/page.tsx';
import { ConnectedPlaces } from './connected-places.tsx';
import { DropZone } from './drop-zone.tsx';
import { ReadSources } from './read-sources.tsx';
import styles from './start.module.css';
import { WhereItIs } from './where-it-is.tsx';

/** The first screen, and the one to import more from. */
export function Start() {
  const isFirst = useWorkspace((view) => (view.snapshot?.overview.sessions ?? 0) === 0);
  useTitle(isFirst ? 'Dramatis' : 'Import');
  return (
    <div className={styles.start}>
      {isFirst ? (
        <h1 className={styles.poster}>
          Your coding agents have a history: <em>open it in this tab.</em>
        </h1>
      ) : (
        <h1 className={styles.title}>Import</h1>
      )}
      <DropZone />
      {!isFirst && <ConnectedPlaces />}
      {!isFirst && <ReadSources />}
      <WhereItIs />
    </div>
  );
}
