// How the viewer is built: four entries, the viewer in each language, the style of the pages, the page that makes code for
// other sites (`vite.embed.config.ts` builds what that code runs); hashed files under `dist/assets`, and a manifest from which the server's pages learn the hashed names.
//
// Design: the base is relative, so that the same files work at any address a proxy gives them. Nothing
// is inlined (`assetsInlineLimit: 0`): the pages' content security policy forbids `data:` fonts.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre alone is over a megabyte before compression; it is loaded after the first paint.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ['src/main.mn.ts', 'src/main.en.ts', 'src/pages.css', 'src/embed/builder.ts'],
      // Apart from what is ours, so that each can be counted, and kept while the other changes.
      output: { codeSplitting: { groups: [{ name: 'maplibre-gl', test: /node_modules\/maplibre-gl\// }] } },
    },
  },
  worker: { format: 'es' },
  // Colours of classes are read from the pages' style sheet.
  test: { include: ['src/**/*.test.ts'], environment: 'node', css: { include: /picture\.css/ } },
});
