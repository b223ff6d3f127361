// How the script of `<hlp-map>` is built: one classic script of its own, whose address does not change.
// It runs after the viewer's build and adds to its folder.

import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'es2022',
    emptyOutDir: false,
    lib: { entry: 'src/embed/element.ts', formats: ['iife'], name: 'hlpMap', fileName: () => 'embed.js' },
  },
});
