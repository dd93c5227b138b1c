import type { Provider } from '../../../src/core/extraction/providers/provider.ts';

export interface Watched {
  readonly provider: Provider;
  /** Tokens of the messages that were given to be analysed. */
  tokens: number;
  /** How often each message was, under its session and id. */
  readonly times: ReadonlyMap<string, number>;
}

/** The same provider, and what it was asked. */
export function watched(provider: Provider): Watched {
  const times = new Map<string, number>();
  const seen: Watched = {
    tokens: 0,
    times,
    provider: {
      ...provider,
      extract(call, signal) {
        for (const { message, purpose, piece, tokens } of call.chunk.parts) {
          if (purpose !== 'analyse') continue;
          seen.tokens += tokens;
          const key = `${message.sessionId}/${message.id}`;
          if (piece === 0) times.set(key, (times.get(key) ?? 0) + 1);
        }
        return provider.extract(call, signal);
      },
    },
  };
  return seen;
}
