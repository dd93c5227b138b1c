import type { ManifestOptions } from 'vite-plugin-pwa';
import { SHARE_PATH } from './shared-files.ts';

/** What the system is told of the app when it is installed. */
export const MANIFEST: Partial<ManifestOptions> = {
  id: '/',
  name: 'Dramatis',
  short_name: 'Dramatis',
  description: 'Opens the history of your coding agents. Nothing is uploaded.',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#faf8f2',
  theme_color: '#faf8f2',
  categories: ['developer', 'productivity', 'utilities'],
  icons: [
    { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
  shortcuts: [
    { name: 'Personas', url: '/personas' },
    { name: 'Sessions', url: '/sessions' },
    { name: 'Activity', url: '/activity' },
    { name: 'Import', url: '/import' },
  ],
  launch_handler: { client_mode: 'focus-existing' },
  file_handlers: [
    {
      action: '/import',
      accept: {
        'application/vnd.sqlite3': ['.db', '.sqlite'],
        'application/jsonl': ['.jsonl'],
        'application/json': ['.json'],
      },
    },
  ],
  share_target: {
    action: SHARE_PATH,
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'files', accept: ['.db', '.sqlite', '.jsonl', '.json', 'application/json'] }] },
  },
};
