import { useMutation, useQuery } from "@connectrpc/connect-query";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

export function useApiKeys() {
  return useQuery(PeopleViewService.method.listApiKeys, {});
}

export function useChangeApiKeys() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(PeopleViewService) };
  return {
    create: useMutation(PeopleViewService.method.createApiKey, options),
    revoke: useMutation(PeopleViewService.method.deleteApiKey, options),
  };
}
