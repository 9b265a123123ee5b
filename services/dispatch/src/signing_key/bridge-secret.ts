import { keyedHash } from "./keyed-hash.ts";
import type { OpenedKey } from "./signing-keys.ts";

/** Secret of one launch, in base64url: for messages between package and player and for signatures of callbacks. It can be made again, so it is never stored. */
export function bridgeSecret({ key }: OpenedKey, exchangeId: string): string {
  return keyedHash(key, "bridge", exchangeId).toString("base64url");
}
