import { useEffect } from 'react';
import { useWorkspace } from '../app/workspace-store.ts';
import { lookAtQueue, useExtraction } from '../memory/extraction-store.ts';
import { later } from '../ui/later.tsx';
import { Page } from '../ui/page.tsx';
import { About } from './about.tsx';
import { ForeseenRun } from './foreseen-run.tsx';
import { KeptHere } from './kept-here.tsx';
import { NetworkSettings } from './network-settings.tsx';
import { ProviderChoice } from './provider-choice.tsx';
import { Redaction } from './redaction.tsx';
import styles from './settings.module.css';
import { TestProvider } from './test-provider.tsx';
import { TidyHour } from './tidy-hour.tsx';

const SyncSection = later(() => import('../sync/sync-section.tsx'));

/** Who reads the sessions for what is remembered, and the vault that is shared. */
export default function Settings() {
  const settings = useExtraction((view) => view.settings);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  useEffect(() => void lookAtQueue(), []);
  if (settings === null) return <Page title="Settings">{null}</Page>;
  const isRemote = settings.provider === 'openai' || settings.provider === 'anthropic';
  return (
    <Page title="Settings">
      <fieldset disabled={isFollower} className={styles.all}>
        <section className={styles.section} aria-labelledby="provider">
          <h2 id="provider">Who reads your sessions</h2>
          <p className={styles.soft}>
            What is remembered is found by one of these. Each finding must stand in your own words, whoever finds it.
          </p>
          <ProviderChoice settings={settings}>
            {isRemote && <NetworkSettings key={settings.provider} settings={settings} />}
            {settings.provider !== 'built-in' && <TestProvider key={`test ${settings.provider}`} />}
          </ProviderChoice>
        </section>
        <ForeseenRun
          key={`${settings.provider} ${settings.openai.baseUrl} ${settings.openai.model}`}
          settings={settings}
          isRemote={isRemote}
        />
        <Redaction isRemote={isRemote} />
        <TidyHour hour={settings.ceremonyHour} />
        <SyncSection />
      </fieldset>
      <KeptHere />
      <About />
    </Page>
  );
}
