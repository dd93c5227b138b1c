import styles from './settings.module.css';

declare const APP_VERSION: string;

/** Which version this is. */
export function About() {
  return (
    <section className={styles.section} aria-labelledby="about">
      <h2 id="about">About</h2>
      <p className={styles.soft}>
        Dramatis {APP_VERSION}. Everything is read and kept in this browser; the app works without a network once it has
        been opened, and can be installed from the browser’s menu.
      </p>
    </section>
  );
}
