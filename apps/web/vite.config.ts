import { defineConfig } from 'vite';

/** Built into `dist/apps/web`, served under `/app/`; in development the API of this machine answers. */
// Vite looks for the default export.
// eslint-disable-next-line no-restricted-syntax
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8000', changeOrigin: true } } },
});
