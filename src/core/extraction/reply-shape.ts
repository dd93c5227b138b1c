/** What a reply must look like: as a check, and as a JSON schema for providers that hold a model to one. */
import * as v from 'valibot';
import { ASKED_KINDS } from './call.ts';

/** More than this is not what was asked for. */
const MOST_FINDINGS = 200;
const MOST_EVIDENCE = 50;

const Words = v.object({ message: v.string(), quote: v.string() });

const ReplyShape = v.object({
  findings: v.pipe(
    v.array(
      v.object({
        kind: v.picklist(ASKED_KINDS),
        known: v.nullish(v.string(), null),
        name: v.string(),
        description: v.nullish(v.string(), ''),
        subject: v.nullish(v.string(), null),
        aliases: v.nullish(v.array(v.string()), []),
        evidence: v.pipe(v.array(Words), v.maxLength(MOST_EVIDENCE)),
      }),
    ),
    v.maxLength(MOST_FINDINGS),
  ),
  quotes: v.pipe(v.nullish(v.array(Words), []), v.maxLength(MOST_FINDINGS)),
});

export type Reply = v.InferOutput<typeof ReplyShape>;

/** The reply, or where it is not as it must be. */
export function checkReply(value: unknown): { ok: true; reply: Reply } | { ok: false; reason: string } {
  const { success, output, issues } = v.safeParse(ReplyShape, value);
  if (success) return { ok: true, reply: output };
  const [issue] = issues;
  return { ok: false, reason: `${v.getDotPath(issue) ?? 'the reply'}: ${issue.message}` };
}

const words = {
  type: 'object',
  properties: { message: { type: 'string' }, quote: { type: 'string' } },
  required: ['message', 'quote'],
  additionalProperties: false,
};

/** In the words that OpenAI's strict mode, Anthropic's tools and llama.cpp's grammars all understand. */
export const REPLY_JSON_SCHEMA = {
  type: 'object',
  properties: {
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: [...ASKED_KINDS] },
          known: { type: ['string', 'null'] },
          name: { type: 'string' },
          description: { type: 'string' },
          subject: { type: ['string', 'null'] },
          aliases: { type: 'array', items: { type: 'string' } },
          evidence: { type: 'array', items: words },
        },
        required: ['kind', 'known', 'name', 'description', 'subject', 'aliases', 'evidence'],
        additionalProperties: false,
      },
    },
    quotes: { type: 'array', items: words },
  },
  required: ['findings', 'quotes'],
  additionalProperties: false,
};
