import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { clientInterceptors } from "@coursemesh/platform/rpc/clients.ts";
import { type Rebuild, RebuildService, RebuildState } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import { derivedSecretOf } from "./data-dir.ts";

const USAGE = `npm run analytics:rebuild [-- --compare-only] [--organization <id>]

Makes all figures of analytics anew of the journal of events, while the product runs, compares them with those in use and puts them in their place.
Reads COURSEMESH_URL (gRPC port, http://localhost:50050 when absent), and DATA_DIR (./.data when absent) of the installation on this machine;
elsewhere MESH_SECRET, the one that the services have.
Exit code 0: the figures are as they were. 1: there were differences. 2: it could not be run.`;

const { values } = parseArgs({
  options: {
    "compare-only": { type: "boolean", default: false },
    organization: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(USAGE);
else {
  try {
    process.exitCode = report(await rebuild());
  } catch (error) {
    console.error(`Analytics could not be rebuilt: ${ConnectError.from(error).rawMessage}`);
    process.exitCode = 2;
  }
}

/** Starts a rebuild and waits for its end. */
async function rebuild(): Promise<Rebuild> {
  const secret = process.env.MESH_SECRET ?? derivedSecretOf(process.env.DATA_DIR ?? "./.data", "mesh");
  const rebuilds = createClient(
    RebuildService,
    createConnectTransport({
      baseUrl: process.env.COURSEMESH_URL ?? "http://localhost:50050",
      httpVersion: "2",
      interceptors: clientInterceptors(callerSignature(secret)),
    }),
  );
  const asOperator = <T>(call: () => Promise<T>): Promise<T> => runAs(serviceCaller("operator"), call);
  const { rebuild: made } = await asOperator(() =>
    rebuilds.createRebuild({
      requestId: randomUUID(),
      compareOnly: values["compare-only"],
      organizationId: values.organization,
    }),
  );
  for (;;) {
    const { rebuild: now } = await asOperator(() => rebuilds.getRebuild({ id: made?.id ?? "" }));
    if (now?.endTime) return now;
    if (process.stderr.isTTY) process.stderr.write(`\r${now?.eventCount ?? 0n} of ${now?.eventTotal ?? 0n} events`);
    await sleep(200);
  }
}

/** Prints how it went. Answers the exit code. */
function report({ state, error, eventCount, eventsPerSecond, differenceCount, differences }: Rebuild): number {
  if (state !== RebuildState.DONE) {
    console.error(`The rebuild ${state === RebuildState.CANCELED ? "was canceled" : `failed: ${error}`}.`);
    return 2;
  }
  console.log(`${eventCount} events read, ${Math.round(eventsPerSecond)} a second; ${differenceCount} differences`);
  for (const difference of differences) console.log(`  ${difference}`);
  return differenceCount === 0n ? 0 : 1;
}
