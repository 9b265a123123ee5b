import { TransportProvider } from "@connectrpc/connect-query";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { i18n as I18n } from "i18next";
import { useState } from "react";
import { I18nextProvider } from "react-i18next";
import { createQueryClient } from "../lib/rpc/query-client.ts";
import { authorized } from "../lib/rpc/transport.ts";
import type { Session } from "../lib/session/session.ts";
import { SessionProvider } from "../lib/session/use-session.tsx";
import { UploadQueue } from "../lib/uploads/upload-queue.ts";
import { UploadsProvider } from "../lib/uploads/use-uploads.tsx";
import type { Backend } from "./backend.ts";
import { createAppRouter } from "./router.tsx";
import { theme } from "./theme.ts";

/** The whole application over one backend. */
export function App({
  backend,
  session,
  i18n,
}: {
  readonly backend: Backend;
  readonly session: Session;
  readonly i18n: I18n;
}) {
  const [parts] = useState(() => ({
    transport: backend.transport([authorized(session)]),
    queries: createQueryClient(),
    uploads: new UploadQueue(backend.uploads(session)),
    router: createAppRouter(session),
  }));
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <SessionProvider value={session}>
          <TransportProvider transport={parts.transport}>
            <QueryClientProvider client={parts.queries}>
              <UploadsProvider value={parts.uploads}>
                <Notifications position="bottom-right" limit={4} />
                <RouterProvider router={parts.router} />
              </UploadsProvider>
            </QueryClientProvider>
          </TransportProvider>
        </SessionProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
