import type { DescService } from "@bufbuild/protobuf";
import { createConnectQueryKey } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** Marks everything read from these services as old, so that what is on screen is read again. */
export function useInvalidate(): (...services: DescService[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...services) => {
      await Promise.all(
        services.map((schema) =>
          client.invalidateQueries({ queryKey: createConnectQueryKey({ schema, cardinality: undefined }) }),
        ),
      );
    },
    [client],
  );
}
