import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";

/** What a page says about an error. */
export interface ErrorFacts {
  readonly kind: "offline" | "forbidden" | "absent" | "conflict" | "invalid" | "signed-out" | "failed";
  /** Reason of `ErrorInfo`, without prefix; empty when there is none. */
  readonly reason: string;
  /** The server's sentence. */
  readonly message: string;
  /** To quote to an operator; empty when the request never arrived. */
  readonly requestId: string;
  /** Permission in scope form that was missing, empty otherwise. */
  readonly permission: string;
}

/** Header in which the BFF names a request. */
export const REQUEST_ID_HEADER = "x-request-id";

/** Reads any thrown value. */
export function errorFacts(error: unknown): ErrorFacts {
  const failure = ConnectError.from(error);
  const info = failure.findDetails(ErrorInfoSchema)[0];
  const facts = {
    reason: info?.reason ?? "",
    message: failure.rawMessage,
    requestId: failure.metadata.get(REQUEST_ID_HEADER) ?? "",
    permission: info?.metadata.permission ?? "",
  };
  return { kind: kindOf(failure.code, facts.requestId === "" && facts.reason === ""), ...facts };
}

function kindOf(code: Code, bare: boolean): ErrorFacts["kind"] {
  switch (code) {
    case Code.PermissionDenied:
      return "forbidden";
    case Code.NotFound:
      return "absent";
    case Code.Aborted:
    case Code.AlreadyExists:
    case Code.FailedPrecondition:
      return "conflict";
    case Code.InvalidArgument:
      return "invalid";
    case Code.Unauthenticated:
      return "signed-out";
    case Code.Unknown:
      // A fetch that never got an answer is an unknown error without anything of the server's in it.
      return bare ? "offline" : "failed";
    default:
      return "failed";
  }
}
