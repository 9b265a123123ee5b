import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type HostResult, hostResultJson, signedResultText } from "../../dispatch-protocol/host-result.ts";

/** What a package reports about its page. */
export type CallbackKind = "INITIALIZE" | "COMMIT" | "TERMINATE";

/** A callback before it is signed. */
export interface Callback {
  /** Number within the launch, from 1. */
  readonly sequence: number;
  readonly kind: CallbackKind;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly time: number;
  readonly result: HostResult | undefined;
  /** Elements told since the last one. */
  readonly cmi: Readonly<Record<string, string>>;
}

/** A callback as the contract's JSON, signed with the launch's secret, which is not in the package. */
export function signedCallback(
  callback: Callback,
  sessionToken: string,
  bridgeSecret: string,
): Record<string, unknown> {
  const { sequence, kind, result } = callback;
  const time = new Date(callback.time).toISOString();
  const cmi = utf8ToBytes(JSON.stringify(callback.cmi));
  const text = canonicalText({
    sessionToken,
    sequence,
    kind,
    time,
    resultText: result && signedResultText(result),
    cmi,
  });
  return {
    sessionToken,
    sequence: String(sequence),
    kind: `CALLBACK_KIND_${kind}`,
    time,
    ...(result && { result: hostResultJson(result) }),
    cmiJson: base64(cmi),
    signature: base64(hmac(sha256, utf8ToBytes(bridgeSecret), utf8ToBytes(text))),
  };
}

/** What is signed. */
export interface CanonicalParts {
  readonly sessionToken: string;
  readonly sequence: number;
  readonly kind: CallbackKind;
  /** ISO 8601 with milliseconds. */
  readonly time: string;
  readonly resultText: string | undefined;
  readonly cmi: Uint8Array;
}

/** The canonical form of a callback: seven lines. */
export function canonicalText({ sessionToken, sequence, kind, time, resultText, cmi }: CanonicalParts): string {
  const resultHash = resultText === undefined ? "" : bytesToHex(sha256(utf8ToBytes(resultText)));
  return ["v1", sessionToken, sequence, kind, time, resultHash, bytesToHex(sha256(cmi))].join("\n");
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
