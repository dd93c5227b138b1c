import { defineConfig } from 'vite';

/**
 * The command line as plain JavaScript, for the package: everything of src/ in lib/terminal/, libraries from node_modules. All files
 * stand two folders deep, as in src/, so that what is found from there (dist/) is found from here too.
 */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/terminal/cli.ts',
    outDir: 'lib/terminal',
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'cli.js', chunkFileNames: '[name]-[hash].js' } },
  },
});
