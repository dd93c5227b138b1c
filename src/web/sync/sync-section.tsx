import { useState } from 'react';
import type { SyncOutcome } from '../../core/model/sync-views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import settings from '../settings/settings.module.css';
import { useAnswer } from '../ui/use-answer.ts';
import { NoVault } from './no-vault.tsx';
import { VaultView } from './vault-view.tsx';

/** Does what a person asked for, and keeps what went wrong for them to read. */
export type Act = (deed: () => Promise<SyncOutcome>) => Promise<boolean>;

/** The vault this browser shares with other devices. */
export default function SyncSection() {
  const space = useWorkspace((view) => view.space);
  const syncs = useWorkspace((view) => view.syncs);
  const revision = useWorkspace((view) => view.revision);
  const status = useAnswer(() => client().ask.sync.status(), space, syncs + revision);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const [isNew, setIsNew] = useState(false);
  const act: Act = async (deed) => {
    setIsBusy(true);
    setFailure('');
    try {
      const outcome = await deed();
      if (!outcome.ok) setFailure(outcome.problem.message);
      return outcome.ok;
    } finally {
      setIsBusy(false);
    }
  };
  if (status === null) return null;
  return (
    <section className={settings.section} aria-labelledby="sync">
      <h2 id="sync">Sync</h2>
      {space === 'sample' && (
        <p className={settings.soft}>The sample stays in this browser. Your own history can be shared.</p>
      )}
      {space === 'own' && status.vault === null && (
        <NoVault act={act} isBusy={isBusy} onMade={() => setIsNew(true)} failure={failure} />
      )}
      {space === 'own' && status.vault !== null && (
        <VaultView
          act={act}
          isBusy={isBusy}
          isNew={isNew}
          status={{ ...status, vault: status.vault }}
          failure={failure}
        />
      )}
    </section>
  );
}
