import { bytes, number } from '../ui/format.ts';
import styles from './state-meter.module.css';
import { useWorkspace } from './workspace-store.ts';

/** How full persona state is: it never passes its limit. */
export function StateMeter() {
  const state = useWorkspace((view) => view.snapshot?.overview.state);
  if (state === undefined || state.messages === 0) return null;
  const { bytes: used, limitBytes } = state;
  const share = Math.min(1, used / limitBytes);
  const title = `Persona state: ${number(used)} of ${number(limitBytes)} bytes`;
  return (
    <span className={styles.meter} title={title}>
      <meter className="visually-hidden" aria-label="Persona state" min={0} max={limitBytes} value={used}>
        {title}
      </meter>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ width: `${share * 100}%` }} />
      </span>
      {bytes(used)}
      <span className={styles.limit}>of {bytes(limitBytes)}</span>
    </span>
  );
}
