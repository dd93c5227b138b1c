import { X } from 'lucide-react';
import type { SourceSummary } from '../../core/model/views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { SourceRows } from './source-rows.tsx';
import styles from './sources.module.css';
import { StateMark } from './state-mark.tsx';

/** Sources that no connected place leads to: to read one again, it must be dropped again. */
export function DroppedSection({ sources }: { sources: readonly SourceSummary[] }) {
  const isFollower = useWorkspace((view) => view.role === 'follower');
  const forget = ({ store, path }: SourceSummary) => (
    <Button
      look="icon"
      disabled={isFollower}
      aria-label={`Forget ${path}`}
      title="Forget this source; its sessions stay in the catalog"
      onClick={() => void client().ask.forgetSources([store])}
    >
      <X size={15} strokeWidth={1.75} aria-hidden />
    </Button>
  );
  return (
    <section className={styles.place} aria-labelledby="dropped">
      <header className={styles.head}>
        <h2 id="dropped" className={styles.heading}>
          Not connected
        </h2>
        <StateMark state="dropped" />
        <span className={styles.hint}>Drop it again to read what changed.</span>
      </header>
      <SourceRows sources={sources} actions={forget} />
    </section>
  );
}
