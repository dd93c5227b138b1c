/** The local model's server of the unit tests, as a page may ask it. */
import type { Behaviour, ModelServer } from '../../src/core/extraction/providers/fixture-model-server.ts';
import { events, openAiEvents, startModelServer } from '../../src/core/extraction/providers/fixture-model-server.ts';

const ALLOWED = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, accept',
};

export async function withModelServer(use: (server: ModelServer) => Promise<void>): Promise<void> {
  const server = await startModelServer();
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

/** Allows any page, as Ollama does when it is told to. */
export function allowing(answer: Behaviour): Behaviour {
  return (asked, response) => {
    for (const [name, value] of Object.entries(ALLOWED)) response.setHeader(name, value);
    if (asked.method === 'OPTIONS') response.writeHead(204).end();
    else answer(asked, response);
  };
}

/** One trait, found in the first message that has these words. */
export function finding(name: string, quote: string): Behaviour {
  return (asked, response) => {
    const shown = asked.body.messages.map(({ content }) => content).join('\n');
    const message = /\[(m\d+)\]/.exec(shown.slice(shown.lastIndexOf('[m', shown.indexOf(quote))))?.[1] ?? 'm1';
    const trait = { kind: 'trait', known: null, name, description: '', subject: null, aliases: [] };
    const reply = { findings: [{ ...trait, evidence: [{ message, quote }] }], quotes: [] };
    events(openAiEvents(JSON.stringify(reply)))(asked, response);
  };
}
