import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ExtractionSettingsView, ProviderChoice as ProviderName } from '../../core/model/extraction-settings.ts';
import { modelOfPage } from '../memory/browser-model.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { changeSettings } from './change-settings.ts';
import styles from './settings.module.css';

interface Choice {
  readonly provider: ProviderName;
  readonly name: string;
  readonly words: string;
}

const CHOICES: readonly Choice[] = [
  {
    provider: 'built-in',
    name: 'Built-in rules',
    words: 'No model, no network, nothing to set up. A preview: it finds what is said plainly, and misses much.',
  },
  {
    provider: 'openai',
    name: 'A model by an OpenAI-compatible server',
    words: 'Ollama, LM Studio, llama.cpp or vLLM on your own machine; OpenAI, OpenRouter and others elsewhere.',
  },
  { provider: 'anthropic', name: 'Anthropic', words: 'Claude, asked from this page with your own key.' },
  { provider: 'browser', name: 'The model of this browser', words: 'It runs on this machine; nothing leaves it.' },
];

interface ProviderChoiceProps {
  readonly settings: ExtractionSettingsView;
  /** What is to be set of the one that is chosen. */
  readonly children: ReactNode;
}

export function ProviderChoice({ settings, children }: ProviderChoiceProps) {
  const [chosen, setChosen] = useState(settings.provider);
  // asked when it is wanted: some browsers complain aloud when they have none
  const missing = useAnswer(() => whyNoModel(chosen === 'browser'), chosen, 0) ?? '';
  const choose = (provider: ProviderName): void => {
    setChosen(provider);
    void changeSettings({ provider });
  };
  return (
    <div role="radiogroup" aria-labelledby="provider" className={styles.choices}>
      {CHOICES.map(({ provider, name, words }) => {
        const isMissing = provider === 'browser' && missing !== '';
        return (
          <div key={provider} className={styles.choice}>
            <label>
              <input
                type="radio"
                name="provider"
                checked={chosen === provider}
                disabled={isMissing && chosen !== provider}
                onChange={() => choose(provider)}
              />
              <span className={styles.name}>{name}</span>
              <span className={styles.soft}>{isMissing ? missing : words}</span>
            </label>
            {chosen === provider && settings.provider === provider && children}
          </div>
        );
      })}
    </div>
  );
}

/** Empty when the browser's model can be asked, as far as is known. */
async function whyNoModel(isWanted: boolean): Promise<string> {
  const model = modelOfPage();
  if (model === null) return 'This browser brings no model with it. Chrome does on some machines.';
  if (!isWanted) return '';
  const outcome = await model.models();
  return outcome.ok ? '' : outcome.failure.message;
}
