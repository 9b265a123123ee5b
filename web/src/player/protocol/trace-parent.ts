/** A `traceparent` header of W3C Trace Context with a new trace: the player's request is the root that the server's spans hang from. */
export function newTraceParent(): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}

/** `crypto.randomUUID` would need a secure context; a laptop's LAN address is none. */
export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
