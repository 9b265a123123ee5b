import { EgressRefused } from "./egress-guard.ts";

/** Why nothing came back, as one clause for people. Told by codes, because the errors' messages name addresses. */
export function describeFailure(error: unknown): string {
  if (error instanceof EgressRefused) return error.message;
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError") return "it took too long";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "its host was not found";
    case "ECONNREFUSED":
      return "nothing answers there";
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return "the connection broke";
    case "ETIMEDOUT":
      return "it took too long";
    default:
      break;
  }
  if (code?.includes("CERT") || code?.startsWith("ERR_TLS")) return "its certificate is not trusted";
  if (code?.startsWith("HPE_") || code === "EPROTO" || code?.startsWith("ERR_SSL"))
    return "it does not speak HTTP there";
  return code ?? message;
}
