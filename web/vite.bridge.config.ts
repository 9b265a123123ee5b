import { defineConfig } from "vite";

/** The page around a dispatched player, which the gateway serves below `/dispatch/v1/assets/`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "dist/bridge",
    emptyOutDir: true,
    target: "es2020",
    modulePreload: false,
    lib: {
      entry: "src/bridge/main.ts",
      name: "coursemeshBridge",
      formats: ["iife"],
      fileName: () => "bridge.js",
      cssFileName: "bridge",
    },
  },
});
