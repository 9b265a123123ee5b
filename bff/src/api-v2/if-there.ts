import { Code, ConnectError } from "@connectrpc/connect";

/** Undefined instead of the error when what is looked for is not there. */
export async function ifThere<Found>(found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.NotFound) return undefined;
    throw error;
  }
}
