import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import packageJson from './package.json' with { type: 'json' };
import { firstScreenInPage } from './scripts/first-screen-in-page.ts';
import { MANIFEST } from './src/web/pwa/manifest.ts';
import { CONTENT_SECURITY_POLICY } from './src/relay/security-headers.ts';

/** The same policy as the server's header, for hosts that send none. A meta tag can't carry frame-ancestors. */
function policyInPage(): Plugin {
  const content = CONTENT_SECURITY_POLICY.split('; ')
    .filter((directive) => !directive.startsWith('frame-ancestors'))
    .join('; ');
  const attrs = { 'http-equiv': 'Content-Security-Policy', content };
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  };
}

/** The service worker is our own; the plugin compiles it and tells it the files of the build. */
const installable = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/web/pwa',
  filename: 'service-worker.ts',
  injectRegister: false,
  manifest: MANIFEST,
  // the glob below finds them: named twice, the browser refuses the whole list
  includeManifestIcons: false,
  injectManifest: {
    injectionPoint: 'self.BUILT_FILES',
    globPatterns: ['**/*.{html,js,css,wasm,svg,png,woff2}'],
    maximumFileSizeToCacheInBytes: 5_000_000,
  },
});

export default defineConfig({
  define: { APP_VERSION: JSON.stringify(process.env.DRAMATIS_VERSION ?? packageJson.version) },
  plugins: [react(), policyInPage(), firstScreenInPage(), installable],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // a font or an image inside a style sheet would be a `data:` address, which the policy allows for images only
    assetsInlineLimit: 0,
    // what the page begins with, whole: a file more is a request more before anything works
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
});
