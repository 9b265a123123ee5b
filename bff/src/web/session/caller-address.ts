import { createContextKey } from "@connectrpc/connect";

/** Where RPCs find the network address of whoever calls. */
export const addressKey = createContextKey("", { description: "address of the caller" });
