import { useEffect, useState } from 'react';
import type { SyncStatus } from '../../core/model/sync-views.ts';
import { client } from '../app/workspace-store.ts';
import settings from '../settings/settings.module.css';
import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { later } from '../ui/later.tsx';
import type { Act } from './sync-section.tsx';
import styles from './sync.module.css';
import { needsRewrite, reportWords } from './words.ts';

const WordsView = later(() => import('./words-view.tsx'));

interface VaultViewProps {
  readonly act: Act;
  readonly isBusy: boolean;
  /** It was made just now: its words are shown. */
  readonly isNew: boolean;
  readonly failure: string;
  readonly status: SyncStatus & { readonly vault: NonNullable<SyncStatus['vault']> };
}

/** The vault, what the last sync did, and what can be done with it. */
export function VaultView({ act, isBusy, isNew, failure, status }: VaultViewProps) {
  const { vault, last } = status;
  const isRunning = isBusy || status.isRunning;
  const { sync } = client().ask;
  return (
    <>
      <dl className={styles.facts}>
        <dt>Relay</dt>
        <dd>{vault.relay}</dd>
        <dt>Last sync</dt>
        <dd>
          <output aria-label="Last sync">{isRunning ? 'Under way…' : <LastWords last={last} />}</output>
        </dd>
      </dl>
      {failure !== '' && failure !== last?.problem?.message && <p className={settings.warning}>{failure}</p>}
      {last !== null && needsRewrite(last) && (
        <div className={settings.beside}>
          <Button look="primary" disabled={isRunning} onClick={() => void act(() => sync.rewrite())}>
            Write the vault again from here
          </Button>
        </div>
      )}
      {last?.problem?.code === 'away-too-long' && (
        <div className={settings.beside}>
          <Button look="primary" disabled={isRunning} onClick={() => void act(() => sync.startFromVault())}>
            Start from the vault
          </Button>
        </div>
      )}
      <div className={settings.beside}>
        {isBusy ? (
          <Button onClick={() => void sync.cancel()}>Cancel</Button>
        ) : (
          <Button disabled={isRunning} onClick={() => void act(() => sync.now())}>
            Sync now
          </Button>
        )}
        <Button onClick={() => void sync.off()}>Turn sync off</Button>
        <DeleteButton isBusy={isRunning} onDelete={() => void act(() => sync.deleteVault())} />
      </div>
      <Words relay={vault.relay} isNew={isNew} />
    </>
  );
}

function LastWords({ last }: Pick<SyncStatus, 'last'>) {
  if (last === null) return <>Not yet.</>;
  const { report, problem, time } = last;
  return (
    <>
      <Ago time={time} />
      {'. '}
      {report !== null && <span className={settings.soft}>{reportWords(report)}</span>}
      {problem !== null && <span className={settings.warning}>{problem.message}</span>}
    </>
  );
}

/** Asks once more: it is gone for all devices. */
function DeleteButton({ isBusy, onDelete }: { isBusy: boolean; onDelete: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking)
    return (
      <Button disabled={isBusy} onClick={() => setIsAsking(true)}>
        Delete the vault…
      </Button>
    );
  return (
    <span className={styles.ask}>
      <span>It is deleted from the relay for all your devices. What is on them stays.</span>
      <Button disabled={isBusy} onClick={onDelete}>
        Delete it
      </Button>
      <Button look="quiet" onClick={() => setIsAsking(false)}>
        Keep it
      </Button>
    </span>
  );
}

/** Shown when they are asked for: someone may look over the shoulder. */
function Words({ relay, isNew }: { relay: string; isNew: boolean }) {
  const [isShown, setIsShown] = useState(isNew);
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    if (isShown) void client().ask.sync.words().then(setWords);
  }, [isShown]);
  return (
    <>
      <div className={settings.beside}>
        <Button aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          {isShown ? 'Hide the 12 words' : 'Show the 12 words'}
        </Button>
        <span className={settings.soft}>for another device</span>
      </div>
      {isShown && words !== null && <WordsView words={words} relay={relay} />}
    </>
  );
}
