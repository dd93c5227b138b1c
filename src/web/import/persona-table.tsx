import type { PersonaReceipt } from '../../core/model/receipt.ts';
import { number } from '../ui/format.ts';
import styles from './receipt.module.css';

const COLUMNS = ['found', 'kept', 'pruned', 'clipped'] as const;

export function PersonaTable({ personas }: { personas: readonly PersonaReceipt[] }) {
  if (personas.length === 0) return <p className={styles.sub}>No agent spoke in these sessions.</p>;
  return (
    <div className={styles.scroll}>
      <table className={`${styles.table} ${styles.names}`}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Persona</span>
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {personas.map((persona) => (
            <tr key={persona.id}>
              <th scope="row">{persona.id}</th>
              {COLUMNS.map((column) => (
                <td key={column} className={persona[column] === 0 ? styles.zero : ''}>
                  {number(persona[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
