import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type Dispatch,
  type DispatchSchema,
  DispatchService,
  Instancing,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestination } from "../destination/find-destination.ts";
import { dispatchesOf } from "./each-dispatch.ts";
import { findDispatch } from "./find-dispatch.ts";

const enabledSchema = z.object({ enabled: z.boolean() });

/** One thing that is on or off for a dispatch. */
interface Switch {
  readonly path: string;
  readonly read: (dispatch: Dispatch) => boolean;
  readonly fields: (on: boolean) => MessageInitShape<typeof DispatchSchema>;
}

const enabled: Switch = {
  path: "enabled",
  read: (dispatch) => dispatch.enabled ?? true,
  fields: (on) => ({ enabled: on }),
};
const hashUserInfo: Switch = {
  path: "hash_learner",
  read: (dispatch) => dispatch.hashLearner,
  fields: (on) => ({ hashLearner: on }),
};
const instancing: Switch = {
  path: "instancing",
  read: (dispatch) => dispatch.instancing !== Instancing.STATIC,
  fields: (on) => ({ instancing: on ? Instancing.INSTANCED : Instancing.STATIC }),
};

const readOne =
  (which: Switch) =>
  ({ clients }: ApiDeps): Operation =>
  async ({ params }) => ({
    status: 200,
    body: { enabled: which.read(await findDispatch(clients, params.dispatchId ?? "")) },
  });

const setOne =
  (which: Switch) =>
  (deps: ApiDeps): Operation =>
  async ({ params, body }) => {
    const { enabled: on } = readBody(enabledSchema, body);
    await set(deps, which, await findDispatch(deps.clients, params.dispatchId ?? ""), on);
    return { status: 204 };
  };

/** On when it is on for every dispatch of a destination that has any. */
const readAll =
  (which: Switch) =>
  (deps: ApiDeps): Operation =>
  async ({ params }) => {
    const { id } = await findDestination(deps.clients, params.destinationId ?? "");
    const dispatches = await dispatchesOf(deps, id);
    return { status: 200, body: { enabled: dispatches.length > 0 && dispatches.every(which.read) } };
  };

const setAll =
  (which: Switch) =>
  (deps: ApiDeps): Operation =>
  async ({ params, body }) => {
    const { enabled: on } = readBody(enabledSchema, body);
    const { id } = await findDestination(deps.clients, params.destinationId ?? "");
    for (const dispatch of await dispatchesOf(deps, id)) await set(deps, which, dispatch, on);
    return { status: 204 };
  };

async function set({ clients }: ApiDeps, which: Switch, { id }: Dispatch, on: boolean): Promise<void> {
  await clients
    .of(DispatchService)
    .updateDispatch({ dispatch: { ...which.fields(on), id }, updateMask: { paths: [which.path] } });
}

/** `…/dispatches/{dispatchId}/enabled`, and the same for all of a destination. */
export const [getDispatchEnabled, setDispatchEnabled, setDestinationDispatchEnabled] = [
  readOne(enabled),
  setOne(enabled),
  setAll(enabled),
];
/** `…/hashUserInfo` */
export const [getDispatchHash, setDispatchHash, getDestinationHash, setDestinationHash] = [
  readOne(hashUserInfo),
  setOne(hashUserInfo),
  readAll(hashUserInfo),
  setAll(hashUserInfo),
];
/** `…/registrationInstancing` */
export const setDestinationInstancing = setAll(instancing);
