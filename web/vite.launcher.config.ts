import { defineConfig } from "vite";

/**
 * The page of dispatch packages: one classic script and one style sheet with fixed names, for browsers of learning platforms. It is taken
 * into every package as it is, so nothing of it may be fetched from anywhere.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "dist-launcher",
    emptyOutDir: true,
    target: "es2017",
    cssTarget: ["chrome80", "firefox80", "safari13"],
    modulePreload: false,
    lib: {
      entry: "src/launcher/main.ts",
      name: "coursemeshLauncher",
      formats: ["iife"],
      fileName: () => "launcher.js",
      cssFileName: "launcher",
    },
  },
});
