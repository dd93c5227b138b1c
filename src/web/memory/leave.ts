/**
 * Whether extraction may go on by itself. Rules and the browser's own model may; a model over the network costs money or time elsewhere,
 * and is asked when the person says so: for what is queued now, or from now on. Kept on this device.
 */
import type { ExtractionSettings } from '../../core/model/extraction-settings.ts';
import { rememberedText, rememberText } from '../app/remembered.ts';

/** `stop`: the person stopped it. `ask`: it waits for their word. `queue`: until the queue is empty. `always`. */
export type Leave = 'stop' | 'ask' | 'queue' | 'always';

const KEY = 'dramatis.extraction';

export function needsNetwork({ provider }: Pick<ExtractionSettings, 'provider'>): boolean {
  return provider === 'openai' || provider === 'anthropic';
}

export function leaveFor(settings: ExtractionSettings): Leave {
  const [leave, ...whom] = (rememberedText(KEY) ?? '').split(' ');
  const isSame = whom.join(' ') === whomOf(settings);
  if (isSame && (leave === 'stop' || leave === 'queue' || leave === 'always')) return leave;
  return needsNetwork(settings) ? 'ask' : 'always';
}

/** For this provider at this address: another one asks again. */
export function giveLeave(settings: ExtractionSettings, leave: Leave): void {
  rememberText(KEY, leave === 'ask' ? null : `${leave} ${whomOf(settings)}`);
}

function whomOf(settings: ExtractionSettings): string {
  const { provider, openai, anthropic } = settings;
  if (provider === 'openai') return `openai ${openai.baseUrl} ${openai.model}`;
  return provider === 'anthropic' ? `anthropic ${anthropic.model}` : provider;
}
