/** A model that finds nothing and takes its time, behind a server on this machine that speaks OpenAI's protocol. */
import type { Asked } from '../../../src/core/extraction/providers/fixture-model-server.ts';
import { events, openAiEvents, startModelServer } from '../../../src/core/extraction/providers/fixture-model-server.ts';
import { textTokens } from '../../../src/core/extraction/messages.ts';
import { openAiProvider } from '../../../src/core/extraction/providers/openai.ts';
import type { Provider } from '../../../src/core/extraction/providers/provider.ts';
import { REPLY_JSON_SCHEMA } from '../../../src/core/extraction/reply-shape.ts';

export interface Sent {
  readonly calls: number;
  /** Of all that stood in the calls: instructions, messages, and the schema the reply is held to. */
  readonly tokens: number;
}

export interface SlowModel {
  readonly provider: Provider;
  /** As the server got it. */
  sent(): Sent;
  stop(): Promise<void>;
}

const NOTHING = JSON.stringify({ findings: [], quotes: [] });

export async function startSlowModel(latencyMs: number): Promise<SlowModel> {
  const server = await startModelServer();
  const answer = events(openAiEvents(NOTHING));
  server.behave((asked, response) => {
    setTimeout(() => answer(asked, response), latencyMs);
  });
  const ports = {
    fetch,
    now: Date.now,
    // the server is in this process: nobody waits for it in vain
    after: () => () => undefined,
    origin: null,
  };
  return {
    provider: openAiProvider({ baseUrl: `${server.url}/v1`, model: 'tiny-1', key: null }, ports),
    sent: () => ({
      calls: server.asked.length,
      tokens: server.asked.reduce((sum, asked) => sum + tokensOf(asked), 0),
    }),
    stop: () => server.stop(),
  };
}

function tokensOf({ body }: Asked): number {
  const schema = body.response_format?.type === 'json_schema' ? textTokens(JSON.stringify(REPLY_JSON_SCHEMA)) : 0;
  return body.messages.reduce((sum, { content }) => sum + textTokens(content), schema);
}
