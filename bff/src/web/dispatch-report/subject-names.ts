import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";

/** A row that says whose it is by ids only. */
export interface DispatchReference {
  readonly dispatchId: string;
  readonly destinationId: string;
}

/** How rows of a page call what they are about; empty for what is gone or may not be seen. */
export interface SubjectNames {
  dispatch(id: string): string;
  destination(id: string): string;
}

/** Reads each name of a page once. */
export async function subjectNames(clients: Clients, rows: readonly DispatchReference[]): Promise<SubjectNames> {
  const [dispatches, destinations] = await Promise.all([
    namesOf(
      rows.map(({ dispatchId }) => dispatchId),
      async (value) => {
        const { dispatch } = await clients.of(DispatchService).getDispatch({ by: { case: "id", value } });
        return dispatch?.name;
      },
    ),
    namesOf(
      rows.map(({ destinationId }) => destinationId),
      async (value) => {
        const { destination } = await clients.of(DestinationService).getDestination({ by: { case: "id", value } });
        return destination?.name;
      },
    ),
  ]);
  return { dispatch: (id) => dispatches.get(id) ?? "", destination: (id) => destinations.get(id) ?? "" };
}

/** What cannot be read has no name; the rows themselves are still worth showing. */
async function namesOf(
  ids: readonly string[],
  read: (id: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  const names = await Promise.all(wanted.map(async (id) => [id, (await read(id).catch(() => "")) ?? ""] as const));
  return new Map(names);
}
