import { Dialog } from '../ui/dialog.tsx';
import styles from './keys-dialog.module.css';

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['Search everything', ['Ctrl K']],
  ['Personas', ['g', 'p']],
  ['Sessions', ['g', 's']],
  ['Activity', ['g', 'a']],
  ['Memory', ['g', 'm']],
  ['Sources', ['g', 'o']],
  ['Import', ['g', 'i']],
  ['Settings', ['g', ',']],
  ['Next, previous in a list', ['j', 'k']],
  ['First, last in a list', ['Home', 'End']],
  ['Open what is marked', ['Enter']],
  ['Search; in a list, filter it', ['/']],
  ['Transcript: find, next, previous place', ['/', 'n', 'N']],
  ['Transcript: unfold the marked message', ['Enter']],
  ['Memory: confirm, correct, reject', ['c', 'e', 'x']],
  ['Memory: undo, choose to merge', ['u', 'm']],
  ['Timeline: earlier, later, nearer, farther, all', ['←', '→', '+', '-', '0']],
  ['Timeline: session before, after', ['↑', '↓']],
  ['Close', ['Esc']],
  ['This help', ['?']],
];

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" place="centre" open onOpenChange={onClose}>
      <table className={styles.table}>
        <tbody>
          {KEYS.map(([label, keys]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
