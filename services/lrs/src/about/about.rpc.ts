import type { ServiceImpl } from "@connectrpc/connect";
import type { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";

/** Versions answered, oldest first (XAPI-00316). */
const VERSIONS = ["1.0.3", "2.0.0"];

/** AboutService. */
export const aboutRpc: ServiceImpl<typeof AboutService> = {
  getAbout: () => ({ versions: VERSIONS, extensionsJson: Buffer.from("{}") }),
};
