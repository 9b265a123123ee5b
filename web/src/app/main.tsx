import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/dropzone/styles.css";
import "./app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createI18n } from "../i18n/i18n.ts";
import { bff, createSession } from "./backend.ts";
import { App } from "./providers.tsx";

const backend = __FAKE_BACKEND__ ? (await import("../testing/fake-backend.ts")).fakeBackend() : bff;
const session = createSession(backend);
const i18n = await createI18n();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App backend={backend} session={session} i18n={i18n} />
    </StrictMode>,
  );
}
