import { useState } from 'react';
import { proxy } from 'comlink';
import type { Outcome, Tested } from '../../core/extraction/providers/provider.ts';
import { client } from '../app/workspace-store.ts';
import { modelOfPage } from '../memory/browser-model.ts';
import { Button } from '../ui/button.tsx';
import styles from './settings.module.css';

/** One small call, as the first of a run would be. */
export function TestProvider() {
  const [outcome, setOutcome] = useState<Outcome<Tested> | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const test = async (): Promise<void> => {
    setIsAsking(true);
    setOutcome(null);
    try {
      const page = modelOfPage();
      setOutcome(await client().ask.extraction.test(page === null ? null : proxy(page)));
    } finally {
      setIsAsking(false);
    }
  };
  return (
    <div className={styles.beside}>
      <Button look="primary" disabled={isAsking} onClick={() => void test()}>
        {isAsking ? 'Testing…' : 'Test'}
      </Button>
      <output className={outcome?.ok === false ? styles.warning : styles.soft} aria-label="Result of the test">
        {outcome !== null && (outcome.ok ? outcome.value.message : outcome.failure.message)}
      </output>
    </div>
  );
}
