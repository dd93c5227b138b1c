import { renderSVG } from 'uqr';
import { CopyButton } from '../ui/copy-button.tsx';
import { joinLink } from './join-link.ts';
import styles from './sync.module.css';

/** The secret code of the vault, to be written down, or to be looked at by the camera of another device. */
export default function WordsView({ words, relay }: { words: string; relay: string }) {
  return (
    <div className={styles.code}>
      <div>
        <ol className={styles.words} aria-label="The 12 words of the vault">
          {words.split(' ').map((word, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a word may be there twice, and its place is what it is
            <li key={at}>{word}</li>
          ))}
        </ol>
        <p className={styles.soft}>
          Write them down. Who has them can read the vault; nobody can get them back when they are lost.
        </p>
        <CopyButton text={words} label="Copy the 12 words">
          Copy
        </CopyButton>
      </div>
      <figure className={styles.figure}>
        <QrCode text={joinLink(words, relay, globalThis.location.origin)} />
        <figcaption className={styles.soft}>Opens Dramatis on the other device, with these words.</figcaption>
      </figure>
    </div>
  );
}

/** Dark on light in every theme: cameras want it so. */
function QrCode({ text }: { text: string }) {
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 2 }))}`;
  return <img className={styles.qr} src={picture} alt="QR code of the words" />;
}
