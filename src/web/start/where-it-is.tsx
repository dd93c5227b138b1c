import { useState } from 'react';
import { CodeLine } from '../ui/code-line.tsx';
import { useOfBrowser } from '../ui/use-of-browser.ts';
import type { System } from './places.ts';
import { detectSystem, HIDDEN_FOLDERS, PLACES, SYSTEMS, UNKNOWN } from './places.ts';
import start from './start.module.css';
import styles from './where-it-is.module.css';

/** Where the folders are on this system, and how to reach hidden ones. */
export function WhereItIs() {
  const own = useOfBrowser(detectSystem, UNKNOWN);
  const [chosen, setSystem] = useState<System | null>(null);
  const system = chosen ?? own;
  const hidden = HIDDEN_FOLDERS[system];
  return (
    <section className={start.section} aria-labelledby="where">
      <div className={styles.head}>
        <h2 id="where" className={start.heading}>
          Where the sessions are
        </h2>
        <fieldset className={styles.systems}>
          <legend className="visually-hidden">System</legend>
          {SYSTEMS.map(({ id, name }) => (
            <label key={id} className={styles.system}>
              <input type="radio" name="system" checked={id === system} onChange={() => setSystem(id)} />
              {name}
            </label>
          ))}
        </fieldset>
      </div>
      <dl>
        {PLACES[system].map(({ tool, path }) => (
          <div key={tool} className={styles.row}>
            <dt>{tool}</dt>
            <dd>
              <CodeLine text={path} label={`Copy the path of ${tool}`} />
            </dd>
          </div>
        ))}
        <div className={styles.row}>
          <dt>Hidden folders</dt>
          <dd>
            <kbd>{hidden.keys}</kbd> {hidden.does}
          </dd>
        </div>
      </dl>
      <p className={start.note}>
        The newest sessions are often only in <code>opencode.db-wal</code>: choose both files, or the folder. OpenCode
        may keep running meanwhile. Credentials (<code>auth.json</code>) are never opened.
      </p>
    </section>
  );
}
