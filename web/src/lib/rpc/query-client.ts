import { Code, ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";

/** Errors that go away by themselves. */
const PASSING = new Set<Code>([Code.Unavailable, Code.DeadlineExceeded, Code.ResourceExhausted]);

/** The cache of this page. Reads are tried again when the failure may pass; changes never are. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && PASSING.has(ConnectError.from(error).code),
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
    },
  });
}
