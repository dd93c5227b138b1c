import type { ExtractionSettingsView } from '../../core/model/extraction-settings.ts';
import { isLocal } from '../../core/extraction/providers/unreachable.ts';
import { baseAddress } from '../../core/extraction/providers/openai-address.ts';
import { Button } from '../ui/button.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { changeSettings } from './change-settings.ts';
import { KeyField } from './key-field.tsx';
import { ModelField } from './model-field.tsx';
import { NumberField } from './number-field.tsx';
import { ollamaSetting, PRESETS } from './presets.ts';
import styles from './settings.module.css';
import { TextField } from './text-field.tsx';

/** Where a model is, which one, with which key, and what it costs. */
export function NetworkSettings({ settings }: { settings: ExtractionSettingsView }) {
  const { provider, openai, anthropic, prices, concurrency, hasKey } = settings;
  const isOpenAi = provider === 'openai';
  return (
    <div className={styles.fields}>
      {isOpenAi && <ServerField openai={openai} />}
      <KeyField
        provider={isOpenAi ? 'openai' : 'anthropic'}
        hasKey={isOpenAi ? hasKey.openai : hasKey.anthropic}
        isOptional={isOpenAi}
      />
      <ModelField
        value={isOpenAi ? openai.model : anthropic.model}
        onChange={(model) => void changeSettings(isOpenAi ? { openai: { model } } : { anthropic: { model } })}
      />
      <NumberField
        label="Price of a million tokens sent"
        value={prices?.inputPerMillion ?? 0}
        onChange={(inputPerMillion) => void changeSettings({ prices: { inputPerMillion } })}
      />
      <NumberField
        label="Price of a million tokens received"
        value={prices?.outputPerMillion ?? 0}
        onChange={(outputPerMillion) => void changeSettings({ prices: { outputPerMillion } })}
        note="In whatever currency you think in. Left at 0, no cost is shown."
      />
      <NumberField
        label="Calls at a time"
        value={concurrency}
        step={1}
        onChange={(count) => void changeSettings({ concurrency: count })}
      />
    </div>
  );
}

function ServerField({ openai }: { openai: ExtractionSettingsView['openai'] }) {
  const { baseUrl } = openai;
  const address = baseAddress(baseUrl);
  const isWrong = baseUrl !== '' && address === null;
  const setServer = (next: string): void => void changeSettings({ openai: { baseUrl: next } });
  return (
    <>
      <fieldset className={styles.presets} aria-label="Servers known by name">
        {PRESETS.map((preset) => (
          <Button key={preset.name} aria-pressed={preset.baseUrl === baseUrl} onClick={() => setServer(preset.baseUrl)}>
            {preset.name}
          </Button>
        ))}
      </fieldset>
      <TextField
        key={baseUrl}
        label="Address of the server"
        value={baseUrl}
        placeholder="http://localhost:11434/v1"
        onChange={setServer}
        note={isWrong ? 'This is no address: it begins with http:// or https://, and has no password in it.' : ''}
        isWrong={isWrong}
      />
      {address !== null && isLocal(new URL(address).hostname) && <AllowThisPage />}
    </>
  );
}

/** A program on this machine answers a page only when it is told to. */
function AllowThisPage() {
  const { origin } = window.location;
  return (
    <div className={styles.hint}>
      <p>A program on this machine answers a page only when it is told to:</p>
      <dl>
        <dt>Ollama</dt>
        <dd>
          <CodeLine text={ollamaSetting(origin)} label="Copy the command that lets Ollama answer this page" />
        </dd>
        <dt>LM Studio</dt>
        <dd>Developer, server settings: turn on “Enable CORS”.</dd>
        <dt>llama.cpp, vLLM</dt>
        <dd>
          Allow the origin <code>{origin}</code>.
        </dd>
      </dl>
    </div>
  );
}
