/** What Anthropic's Messages API streams. */
import * as v from 'valibot';
import type { Written } from './model-reply.ts';

const Counts = v.nullish(
  v.object({
    input_tokens: v.nullish(v.number()),
    output_tokens: v.nullish(v.number()),
    cache_read_input_tokens: v.nullish(v.number()),
    cache_creation_input_tokens: v.nullish(v.number()),
  }),
);
const Event = v.object({
  type: v.string(),
  message: v.nullish(v.object({ model: v.nullish(v.string()), usage: Counts })),
  delta: v.nullish(
    v.object({ text: v.nullish(v.string()), partial_json: v.nullish(v.string()), stop_reason: v.nullish(v.string()) }),
  ),
  usage: Counts,
  error: v.nullish(v.object({ type: v.nullish(v.string()), message: v.nullish(v.string()) })),
});

const Models = v.object({ data: v.array(v.object({ id: v.string(), display_name: v.nullish(v.string()) })) });

export class AnthropicReply {
  #text = '';
  #json = '';
  #model = '';
  #input: number | null = null;
  #output = 0;
  #stopped: Written['stopped'] = null;
  error: { type: string; message: string } | null = null;

  take(data: string): void {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), data);
    if (!parsed.success) return;
    const { message, delta, usage, error } = parsed.output;
    if (error !== undefined && error !== null) this.error = { type: error.type ?? '', message: error.message ?? '' };
    this.#model = message?.model ?? this.#model;
    this.#count(message?.usage);
    this.#count(usage);
    this.#text += delta?.text ?? '';
    this.#json += delta?.partial_json ?? '';
    if (typeof delta?.stop_reason === 'string') this.#stopped = stopOf(delta.stop_reason);
  }

  /** The input of the tool is the reply; a model that only spoke may have said it. */
  written(): Written {
    const usage = this.#input === null ? null : { inputTokens: this.#input, outputTokens: this.#output };
    return { text: this.#json === '' ? this.#text : this.#json, usage, model: this.#model, stopped: this.#stopped };
  }

  #count(counts: v.InferOutput<typeof Counts>): void {
    if (typeof counts?.input_tokens === 'number')
      this.#input =
        counts.input_tokens + (counts.cache_read_input_tokens ?? 0) + (counts.cache_creation_input_tokens ?? 0);
    this.#output = counts?.output_tokens ?? this.#output;
  }
}

export function anthropicModels(body: string): { id: string; name: string }[] | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Models), body);
  return parsed.success ? parsed.output.data.map(({ id, display_name: name }) => ({ id, name: name ?? id })) : null;
}

function stopOf(reason: string): Written['stopped'] {
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'limit';
  return reason === 'refusal' ? 'refused' : 'end';
}
