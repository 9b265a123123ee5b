import { errorInfoOf } from "../errors/service-error.ts";

/** Reason and facts of the error a call ends with; fails when it succeeds or when the error gives no reason. */
export async function failure(call: Promise<unknown>): Promise<{ reason: string; metadata: Record<string, string> }> {
  try {
    await call;
  } catch (error) {
    const info = errorInfoOf(error);
    if (info === undefined) throw error;
    return { reason: info.reason, metadata: info.metadata };
  }
  throw new Error("the call succeeded");
}

/** What a message's field holds, where a test relies on it being there. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the field is absent");
  return value;
}
