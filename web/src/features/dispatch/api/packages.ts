import { createClient } from "@connectrpc/connect";
import { useMutation, useTransport } from "@connectrpc/connect-query";
import { DispatchPackageViewService, type PackageRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { saveFile } from "../../../lib/save-file.ts";
import { useSession } from "../../../lib/session/use-session.tsx";
import { useRefreshDispatches } from "./dispatches.ts";

/** Formats that packages are made in, the one to choose first. */
export const FORMATS = ["scorm12", "scorm2004_4th", "scorm2004_3rd", "aicc"] as const;
export type Format = (typeof FORMATS)[number];

const POLL_MS = 250;
/** Packages are made in well under a second; a queue may be in front of one. */
const PATIENCE_MS = 60_000;

/** What a package is made of. */
export type PackageOf = { readonly dispatchId: string } | { readonly destinationId: string };

/** Making and downloading packages. */
export function usePackages() {
  const transport = useTransport();
  const session = useSession();
  const refresh = useRefreshDispatches();
  const client = createClient(DispatchPackageViewService, transport);

  /** Makes a package, or takes the one made before, and waits for it. @throws Error when it cannot be made */
  const make = async (of: PackageOf, format: Format): Promise<PackageRow> => {
    let { package: made } = await client.createPackage({ requestId: crypto.randomUUID(), format, ...of });
    for (const deadline = Date.now() + PATIENCE_MS; made && made.state !== "ready"; ) {
      if (made.state === "failed" || Date.now() > deadline) throw new Error(made.error || made.state);
      await new Promise((done) => setTimeout(done, POLL_MS));
      ({ package: made } = await client.getPackage({ id: made.id }));
    }
    if (!made) throw new Error("no package was made");
    return made;
  };

  /** Hands the file of a package to the browser. @throws Error with the server's message */
  const download = async ({ id, filename }: Pick<PackageRow, "id" | "filename">): Promise<void> => {
    const token = await session.accessToken();
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`/dispatch/v1/packages/${id}/file?download=${crypto.randomUUID()}`, { headers });
    if (!response.ok) throw new Error(await messageOf(response));
    saveFile(await response.blob(), filename);
    await refresh();
  };
  return { make, download };
}

export function useRevokePackages() {
  const onSettled = useRefreshDispatches();
  const { method } = DispatchPackageViewService;
  return {
    revoke: useMutation(method.revokePackage, { onSettled }),
    revokeAll: useMutation(method.revokePackages, { onSettled }),
  };
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const error: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : undefined;
  const message: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : undefined;
  return typeof message === "string" ? message : `HTTP ${response.status}`;
}
