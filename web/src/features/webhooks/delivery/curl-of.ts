import type { AttemptRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";

/** Set by whatever sends a request. */
const SET_BY_CURL = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding"]);

/** The request of an attempt for a shell, as it was sent: a receiver that checks the timestamp may find it too old. */
export function curlOf({ requestUrl, requestHeaders, requestBody }: AttemptRow): string {
  const headers = Object.entries(requestHeaders)
    .filter(([name]) => !SET_BY_CURL.has(name.toLowerCase()))
    .map(([name, value]) => `  -H ${quote(`${name}: ${value}`)}`);
  return [`curl -X POST ${quote(requestUrl)}`, ...headers, `  --data-raw ${quote(requestBody)}`].join(" \\\n");
}

/** Text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
