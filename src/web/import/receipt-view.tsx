import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { receiptToJson } from '../../core/import/receipt-json.ts';
import type { Receipt } from '../../core/model/receipt.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { bytes, duration, number } from '../ui/format.ts';
import { saveText } from '../ui/save-text.ts';
import { showSheet } from './import-store.ts';
import { PersonaTable } from './persona-table.tsx';
import { ProblemList } from './problem-list.tsx';
import { headline } from './receipt-words.ts';
import styles from './receipt.module.css';
import { SourceTable } from './source-table.tsx';

/** What an import found, what became of it, and why. */
export function ReceiptView({ receipt }: { receipt: Receipt }) {
  const { sources, personas, decisions, state } = receipt;
  const read = sources.reduce((total, source) => total + source.bytesRead, 0);
  const problems = sources.flatMap((source) => source.problems);
  return (
    <>
      <output className={styles.headline}>{headline(receipt)}</output>
      <p className={styles.sub}>
        {receipt.unchanged ? 'Everything is as it was. ' : ''}
        {bytes(read)} read in {duration(receipt.durationMs)}.
      </p>
      <div className={styles.actions}>
        <Link href="/personas" className={buttonClass('primary')} onClick={() => showSheet(false)}>
          See the personas
        </Link>
        <Button onClick={() => download(receipt)}>
          <Download size={15} strokeWidth={1.75} aria-hidden />
          Download JSON
        </Button>
      </div>
      {problems.length > 0 && <ProblemList problems={problems} title="Problems" />}
      <Section title={sources.length === 1 ? 'Source' : 'Sources'}>
        {sources.map((source) => (
          <SourceTable key={source.path} source={source} />
        ))}
      </Section>
      <Section title="Messages of each persona">
        <PersonaTable personas={personas} />
      </Section>
      <Section title="State">
        <div className={styles.bar}>
          <div style={{ width: `${Math.min(1, state.bytes / state.limitBytes) * 100}%` }} />
        </div>
        <p title={`${number(state.bytes)} bytes`}>
          {bytes(state.bytes)} of at most {bytes(state.limitBytes)}
        </p>
        {decisions.length > 0 && (
          <ul className={styles.list}>
            {decisions.map(({ persona, reason, text }) => (
              <li key={`${persona} ${reason} ${text}`}>{text}</li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

function download(receipt: Receipt): void {
  const day = new Date(receipt.lastSync).toISOString().slice(0, 10);
  saveText(`${JSON.stringify(receiptToJson(receipt), null, 2)}\n`, `dramatis-receipt-${day}.json`, 'application/json');
}
