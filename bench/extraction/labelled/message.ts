import * as v from 'valibot';

const words = v.pipe(v.string(), v.minLength(1));
const name = v.pipe(v.string(), v.minLength(1));

const GROUPS = [
  'fact',
  'trait',
  'person',
  'topic',
  'mixed',
  'language',
  'hypothetical',
  'question',
  'task',
  'state',
  'identifier',
  'sarcasm',
  'generality',
  'quoted',
  'log',
  'paste',
  'path',
  'revoked',
  'example',
  'assistant',
  'synthetic',
] as const;

const Expectation = v.variant('kind', [
  v.strictObject({ kind: v.literal('fact'), subject: name, words }),
  v.strictObject({ kind: v.literal('trait'), words }),
  v.strictObject({ kind: v.literal('person'), name, words }),
  v.strictObject({ kind: v.literal('topic'), name, words }),
]);

/** The checked shape of one line of `work.jsonl` and `unseen.jsonl`; the README says what its fields mean. */
export const LabelledMessage = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^s\d{3}$/)),
  group: v.picklist(GROUPS),
  role: v.picklist(['user', 'assistant', 'synthetic']),
  language: v.optional(v.picklist(['de', 'es', 'fr', 'pt', 'zh', 'ja'])),
  text: v.pipe(v.string(), v.minLength(1)),
  expect: v.array(Expectation),
  note: v.optional(v.string()),
});

/** A message and all that is to be found in it. `language` is missing where it is English. */
export type LabelledMessage = v.InferOutput<typeof LabelledMessage>;

/** One thing to be found; `words` is an exact stretch of the message's text, the first such stretch. */
export type Expectation = v.InferOutput<typeof Expectation>;
