import { Code, ConnectError } from "@connectrpc/connect";
import type { Logger } from "pino";

/**
 * A part of a page that may be missing: undefined when its service fails or the caller may not see it. The rest of the page is
 * shown without it.
 */
export async function optionalPart<T>(part: string, reading: Promise<T>, logger: Logger): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (ConnectError.from(error).code !== Code.PermissionDenied)
      logger.warn({ err: error, part }, "a part of a page could not be read");
    return undefined;
  }
}
