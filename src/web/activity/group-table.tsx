import { durationText } from '../../core/activity/durations.ts';
import type { ActivityGrouping, GroupShare } from '../../core/model/activity-views.ts';
import { number } from '../ui/format.ts';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import styles from './activity.module.css';
import { Wide } from './figure.tsx';
import { Swatch } from './fills.tsx';
import type { Opening } from './opening.ts';
import { ratioText } from './words.ts';

const HEADS: Readonly<Record<ActivityGrouping, string>> = { project: 'Project', persona: 'Persona', tool: 'Tool' };

interface GroupTableProps {
  readonly by: ActivityGrouping;
  readonly groups: readonly GroupShare[];
  readonly places: ReadonlyMap<string, number>;
  readonly onOpen: (opening: Opening) => void;
}

/** What the colours of the bars mean, with the sums of the range. Each sum opens. */
export function GroupTable({ by, groups, places, onOpen }: GroupTableProps) {
  return (
    <Wide label="Sums by group, a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{HEADS[by]}</th>
            <th scope="col" className={styles.figureCell}>
              Own (est.)
            </th>
            <th scope="col" className={styles.figureCell}>
              Agents
            </th>
            <th scope="col" className={styles.figureCell}>
              Wall-clock
            </th>
            <th scope="col" className={styles.figureCell}>
              Agents : own
            </th>
            <th scope="col" className={styles.figureCell}>
              Sessions
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row" title={group.key}>
                <span className={styles.groupName}>
                  <Swatch place={places.get(group.key) ?? 0} />
                  <span>{groupName(group, by)}</span>
                </span>
              </th>
              <td className={styles.figureCell}>
                <button
                  type="button"
                  onClick={() => onOpen({ kind: 'own', group: group.key, of: groupName(group, by) })}
                >
                  {durationText(group.ownMs)}
                </button>
              </td>
              <td className={styles.figureCell}>
                <button
                  type="button"
                  onClick={() => onOpen({ kind: 'agent', group: group.key, of: groupName(group, by) })}
                >
                  {durationText(group.agentMs)}
                </button>
              </td>
              <td className={styles.figureCell}>{durationText(group.wallMs)}</td>
              <td className={styles.figureCell}>{ratioText(group)}</td>
              <td className={styles.figureCell}>{number(group.sessions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function groupName({ key, name }: GroupShare, by: ActivityGrouping): string {
  if (by === 'tool') return key === 'claude' || key === 'opencode' ? TOOL_NAMES[key] : key;
  return name === '' ? 'No folder' : name;
}
