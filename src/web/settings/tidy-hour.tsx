import { Choice } from '../ui/choice.tsx';
import { changeSettings } from './change-settings.ts';
import styles from './settings.module.css';

const HOURS = Array.from({ length: 24 }, (_, hour): [string, string] => [
  String(hour),
  `${String(hour).padStart(2, '0')}:00`,
]);

/** When the daily ceremony may begin. */
export function TidyHour({ hour }: { hour: number }) {
  return (
    <section className={styles.section} aria-labelledby="tidy">
      <h2 id="tidy">Tidying up</h2>
      <p>
        Once a day, when Dramatis is opened after{' '}
        <Choice
          label="Hour of the day"
          value={String(hour)}
          choices={HOURS}
          onChange={(chosen) => void changeSettings({ ceremonyHour: Number(chosen) })}
        />
        , old messages that were read are let go and duplicates become one. What you confirmed stays.
      </p>
    </section>
  );
}
