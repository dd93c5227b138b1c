import type { ModelUse } from '../../core/model/activity-views.ts';
import { number } from '../ui/format.ts';
import styles from './activity.module.css';
import { Wide } from './figure.tsx';
import { costText, tokens } from './words.ts';

const COLUMNS = [
  ['Input', 'input'],
  ['Output', 'output'],
  ['Reasoning', 'reasoning'],
  ['Cache read', 'cacheRead'],
  ['Cache write', 'cacheWrite'],
] as const;

/** What each model took, as the tools recorded it. */
export function ModelTable({ models }: { models: readonly ModelUse[] }) {
  return (
    <Wide label="Tokens and cost, a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            {['Answers', ...COLUMNS.map(([title]) => title), 'Cost, recorded'].map((title) => (
              <th key={title} scope="col" className={styles.figureCell}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.model}>
              <th scope="row" className={styles.model}>
                {model.model}
              </th>
              <td className={styles.figureCell}>{number(model.answers)}</td>
              {COLUMNS.map(([title, field]) => (
                <td key={title} className={styles.figureCell} title={`${number(model[field])} tokens`}>
                  {tokens(model[field])}
                </td>
              ))}
              <td className={styles.figureCell}>{costText(model)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
