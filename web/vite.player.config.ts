import { defineConfig } from "vite";

/** The learner's player: a page of its own, whose assets the content origin serves under `/_player/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/_player/",
  publicDir: false,
  build: {
    outDir: "dist/player",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "player.html" },
  },
});
