import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev` finds the BFF. */
const bff = process.env.BFF_URL ?? "http://127.0.0.1:8080";

/** The admin UI. The player has its own configuration and builds into the same folder afterwards. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // With VITE_FAKE=1 the pages run on fixtures in the browser; the constant lets the bundler drop them otherwise.
  define: { __FAKE_BACKEND__: JSON.stringify(process.env.VITE_FAKE === "1") },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2024",
    // These know `light-dark()`; what an older target makes of it does not follow the page's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/rpc": bff, "/web/uploads": bff },
  },
  preview: { host: "127.0.0.1" },
});
