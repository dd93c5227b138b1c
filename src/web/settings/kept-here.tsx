import { useState } from 'react';
import { useWorkspace } from '../app/workspace-store.ts';
import { originUse } from '../../platform/browser/storage.ts';
import { bytes, number } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { RestoreBackup } from './restore-backup.tsx';
import { SaveBackup } from './save-backup.tsx';
import styles from './settings.module.css';

/** How much is kept in this browser, and how to take it elsewhere. */
export function KeptHere() {
  const state = useWorkspace((view) => view.snapshot?.overview.state);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  const revision = useWorkspace((view) => view.revision);
  const use = useAnswer(originUse, null, revision);
  const [restored, setRestored] = useState<string | null>(null);
  if (state === undefined) return null;
  return (
    <section className={styles.section} aria-labelledby="kept-here">
      <h2 id="kept-here">Kept in this browser</h2>
      <dl className={styles.figures}>
        <dt>Persona state</dt>
        <dd>
          <meter min={0} max={state.limitBytes} value={state.bytes} aria-label="Persona state" />
          <span title={`${number(state.bytes)} bytes`}>
            {bytes(state.bytes)} of {bytes(state.limitBytes)}
          </span>
        </dd>
        <dt>All of this site</dt>
        <dd>
          {use === null ? (
            'This browser does not tell.'
          ) : (
            <>
              <meter min={0} max={use.quota} value={use.bytes} aria-label="All of this site" />
              <span title={`${number(use.bytes)} bytes`}>
                {bytes(use.bytes)} of the {bytes(use.quota)} this browser allows
              </span>
            </>
          )}
        </dd>
      </dl>
      <SaveBackup />
      <RestoreBackup disabled={isFollower} onRestored={setRestored} />
      {restored !== null && <output>{restored}</output>}
    </section>
  );
}
