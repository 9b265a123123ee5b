import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { JSON_TYPE, type XapiOperation } from "../request/xapi-request.ts";

/** GET about: the versions that are answered (Communication 2.8). */
export function getAbout(clients: Clients): XapiOperation {
  return async () => {
    const { versions, extensionsJson } = await clients.of(AboutService).getAbout({});
    const extensions = extensionsJson.length === 0 ? "{}" : Buffer.from(extensionsJson).toString("utf8");
    const body = `{"version":${JSON.stringify(versions)},"extensions":${extensions}}`;
    return { status: 200, headers: { "content-type": JSON_TYPE }, body };
  };
}
