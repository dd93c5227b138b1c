/** What an OpenAI-compatible server answers, whole or as a stream. */
import * as v from 'valibot';
import type { Usage } from './provider.ts';
import type { Written } from './model-reply.ts';

const Counts = v.nullish(v.object({ prompt_tokens: v.nullish(v.number()), completion_tokens: v.nullish(v.number()) }));
const Said = v.nullish(v.object({ content: v.nullish(v.string()), refusal: v.nullish(v.string()) }));
const Completion = v.object({
  model: v.nullish(v.string()),
  choices: v.nullish(v.array(v.object({ delta: Said, message: Said, finish_reason: v.nullish(v.string()) }))),
  usage: Counts,
  error: v.nullish(v.union([v.string(), v.object({ message: v.nullish(v.string()) })])),
});

const Models = v.object({ data: v.array(v.object({ id: v.string(), name: v.nullish(v.string()) })) });

/** Gathers a reply from its pieces, or from the one it came in. */
export class OpenAiReply {
  #text = '';
  #usage: Usage | null = null;
  #model = '';
  #stopped: Written['stopped'] = null;
  /** An error told in the middle of a stream. */
  error: string | null = null;

  /** False for data that is none of a completion. */
  take(data: string): boolean {
    if (data.trim() === '[DONE]') {
      this.#stopped ??= 'end';
      return true;
    }
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Completion), data);
    if (!parsed.success) return false;
    const { choices, usage, model, error } = parsed.output;
    if (error !== undefined && error !== null)
      this.error = typeof error === 'string' ? error : (error.message ?? 'an error');
    this.#model = model ?? this.#model;
    this.#usage = usageOf(usage) ?? this.#usage;
    const [choice] = choices ?? [];
    this.#text += choice?.delta?.content ?? choice?.message?.content ?? '';
    const isRefusal = (choice?.delta?.refusal ?? choice?.message?.refusal ?? '') !== '';
    if (isRefusal) this.#stopped = 'refused';
    const reason = choice?.finish_reason;
    if (typeof reason === 'string') this.#stopped ??= stopOf(reason);
    return true;
  }

  written(): Written {
    return { text: this.#text, usage: this.#usage, model: this.#model, stopped: this.#stopped };
  }
}

/** The models a server has; null when it says something else. */
export function modelsOf(body: string): { id: string; name: string }[] | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Models), body);
  if (!parsed.success) return null;
  const models = parsed.output.data.map(({ id, name }) => ({ id, name: name ?? id }));
  return models.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function usageOf(counts: v.InferOutput<typeof Counts>): Usage | null {
  if (typeof counts?.prompt_tokens !== 'number') return null;
  return { inputTokens: counts.prompt_tokens, outputTokens: counts.completion_tokens ?? 0 };
}

function stopOf(reason: string): Written['stopped'] {
  if (reason === 'length') return 'limit';
  return reason === 'content_filter' ? 'refused' : 'end';
}
