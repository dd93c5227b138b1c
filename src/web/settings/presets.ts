/** Servers that are known by name, and what must be set there so that a page may ask them. */
export interface Preset {
  readonly name: string;
  readonly baseUrl: string;
  readonly isLocal: boolean;
}

export const PRESETS: readonly Preset[] = [
  { name: 'Ollama', baseUrl: 'http://localhost:11434/v1', isLocal: true },
  { name: 'LM Studio', baseUrl: 'http://localhost:1234/v1', isLocal: true },
  { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', isLocal: false },
  { name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', isLocal: false },
];

/** The setting as a person copies it. @param origin this page's */
export function ollamaSetting(origin: string): string {
  return `OLLAMA_ORIGINS=${origin} ollama serve`;
}
