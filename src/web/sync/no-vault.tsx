import { useId, useState } from 'react';
import { client } from '../app/workspace-store.ts';
import settings from '../settings/settings.module.css';
import { TextField } from '../settings/text-field.tsx';
import { Button } from '../ui/button.tsx';
import { takeInvitation } from './join-link.ts';
import type { Act } from './sync-section.tsx';
import styles from './sync.module.css';

interface NoVaultProps {
  readonly act: Act;
  readonly isBusy: boolean;
  readonly failure: string;
  readonly onMade: () => void;
}

/** Two ways to a vault: to make one, or to join that of another device. */
export function NoVault({ act, isBusy, failure, onMade }: NoVaultProps) {
  const [invitation] = useState(takeInvitation);
  const [words, setWords] = useState(invitation?.words ?? '');
  const [relay, setRelay] = useState(invitation?.relay ?? '');
  const id = useId();
  const { origin } = globalThis.location;
  const address = relay === '' || relay === origin ? null : relay;
  const make = async (): Promise<void> => {
    if (await act(() => client().ask.sync.make(address))) onMade();
  };
  return (
    <>
      <p className={settings.soft}>
        Share personas and memory with your other devices. They are encrypted here before they leave, and the relay
        between can’t read them. There is no account: 12 words are the only key.
      </p>
      <div className={settings.beside}>
        <Button look="primary" disabled={isBusy} onClick={() => void make()}>
          Make a vault
        </Button>
        <span className={settings.soft}>on your first device</span>
      </div>
      <form
        className={styles.join}
        onSubmit={(event) => {
          event.preventDefault();
          void act(() => client().ask.sync.join(words, address));
        }}
      >
        <label htmlFor={id}>The 12 words of a vault you have</label>
        <textarea
          id={id}
          rows={3}
          value={words}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <div className={settings.beside}>
          <Button type="submit" disabled={isBusy || words.trim() === ''}>
            Join
          </Button>
          <output className={failure === '' ? settings.soft : settings.warning} aria-label="Result">
            {isBusy ? 'Asking the relay…' : failure}
          </output>
        </div>
      </form>
      <TextField
        label="Relay"
        value={relay}
        placeholder={origin}
        note="Where the vault lies. Left empty it is the server this app came from."
        onChange={setRelay}
      />
    </>
  );
}
