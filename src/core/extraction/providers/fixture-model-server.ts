/** A model's server on this machine, over real HTTP, that answers as it is told to: in the words of either protocol, or badly. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as v from 'valibot';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: AskedBody;
}

const Body = v.object({
  model: v.optional(v.string()),
  stream: v.optional(v.boolean()),
  stream_options: v.optional(v.unknown()),
  response_format: v.optional(v.object({ type: v.string() })),
  messages: v.optional(v.array(v.object({ role: v.string(), content: v.string() })), []),
  system: v.optional(v.string()),
  tool_choice: v.optional(v.unknown()),
  max_tokens: v.optional(v.number()),
});
export type AskedBody = v.InferOutput<typeof Body>;

export type Behaviour = (asked: Asked, response: ServerResponse) => void;

export interface ModelServer {
  readonly url: string;
  /** Everything that was asked, in order; preflights too. */
  readonly asked: Asked[];
  behave(next: Behaviour): void;
  stop(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  let behaviour: Behaviour = (_, response) => response.writeHead(500).end();
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      behaviour(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    behave(next) {
      asked.length = 0;
      behaviour = next;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const piece of request) text += String(piece);
  const body = v.parse(Body, text === '' ? {} : JSON.parse(text));
  return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
}

/** A whole answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** Events, then the end of the stream; `end: 'cut'` breaks the connection, `'silent'` keeps it and says nothing more. */
export function events(all: readonly unknown[], end: 'whole' | 'cut' | 'silent' = 'whole'): Behaviour {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = all.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
    // in odd pieces: an event may be torn anywhere, a character too
    const bytes = Buffer.from(text);
    const half = Math.floor(bytes.length / 2) + 1;
    response.write(bytes.subarray(0, half));
    response.write(bytes.subarray(half), () => {
      if (end === 'whole') response.end();
      if (end === 'cut') response.destroy();
    });
  };
}

/** A completion as OpenAI streams it. */
export function openAiEvents(text: string, more: { reason?: string | null; usage?: boolean } = {}): unknown[] {
  const { reason = 'stop', usage = true } = more;
  const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
  return [
    { model: 'tiny-1', choices: [{ delta: { role: 'assistant', content: '' } }] },
    ...pieces.map((content) => ({ model: 'tiny-1', choices: [{ delta: { content } }] })),
    ...(reason === null ? [] : [{ model: 'tiny-1', choices: [{ delta: {}, finish_reason: reason }] }]),
    ...(usage ? [{ model: 'tiny-1', choices: [], usage: { prompt_tokens: 120, completion_tokens: 30 } }] : []),
    ...(reason === null ? [] : ['[DONE]']),
  ];
}

/** The same as Anthropic streams it, as the input of a tool. */
export function anthropicEvents(text: string, more: { reason?: string | null; spoken?: boolean } = {}): unknown[] {
  const { reason = 'tool_use', spoken = false } = more;
  const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
  const delta = (piece: string) =>
    spoken ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece };
  return [
    { type: 'message_start', message: { model: 'tiny-2', usage: { input_tokens: 120, output_tokens: 1 } } },
    { type: 'ping' },
    ...pieces.map((piece) => ({ type: 'content_block_delta', index: 0, delta: delta(piece) })),
    ...(reason === null
      ? []
      : [
          { type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 30 } },
          { type: 'message_stop' },
        ]),
  ];
}

/** What a browser does before it lets a page see an answer: asks the server whether the page may. */
export function browserFetch(origin: string): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (init?.mode === 'no-cors') {
      await fetch(url, { method: 'GET' });
      return new Response(null);
    }
    const names = [...new Headers(init?.headers).keys()].join(', ');
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': init?.method ?? 'GET',
        'access-control-request-headers': names,
      },
    });
    if (!preflight.ok || !allows(preflight, origin, names)) throw new TypeError('Failed to fetch');
    const response = await fetch(url, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), origin },
    });
    if (!allows(response, origin, '')) throw new TypeError('Failed to fetch');
    return response;
  };
}

function allows(response: Response, origin: string, names: string): boolean {
  const allowed = response.headers.get('access-control-allow-origin');
  const headers = (response.headers.get('access-control-allow-headers') ?? '').toLowerCase();
  const isAllowed = allowed === '*' || allowed === origin;
  return isAllowed && names.split(', ').every((name) => name === '' || headers.includes(name) || name === 'accept');
}
