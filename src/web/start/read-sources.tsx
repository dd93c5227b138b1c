import { useEffect, useState } from 'react';
import { originUse } from '../../platform/browser/storage.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { Ago } from '../ui/ago.tsx';
import { bytes, counted } from '../ui/format.ts';
import list from './list.module.css';
import styles from './start.module.css';

/** The sources that were read, and what the browser holds of them. */
export function ReadSources() {
  const overview = useWorkspace((view) => view.snapshot?.overview);
  if (overview === undefined || overview.sources.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="sources">
      <h2 id="sources" className={styles.heading}>
        Sources
      </h2>
      <ul>
        {overview.sources.map((source) => (
          <li key={source.path} className={list.row}>
            <span className={list.path}>{source.path}</span>
            <span className={list.detail}>{counted(source.sessions, 'session')}</span>
            <span className={list.detail}>
              <Ago time={source.lastImport} />
            </span>
          </li>
        ))}
      </ul>
      <StorageLine key={overview.state.bytes} />
    </section>
  );
}

function StorageLine() {
  const state = useWorkspace((view) => view.snapshot?.overview.state);
  const [use, setUse] = useState<Awaited<ReturnType<typeof originUse>>>(null);
  useEffect(() => void originUse().then(setUse), []);
  if (state === undefined) return null;
  return (
    <p className={styles.note}>
      Persona state takes {bytes(state.bytes)} of at most {bytes(state.limitBytes)}.
      {use !== null &&
        ` With the catalog this page keeps ${bytes(use.bytes)}; the browser allows it ${bytes(use.quota)}.`}
    </p>
  );
}
