import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { ActivityProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_profile_pb.ts";
import { listDocumentIds, readDocument } from "../document/document-rpc.ts";
import type { DocumentScope } from "../document/document-scope.ts";
import type { DocumentAddress, DocumentStore } from "../document/document-store.ts";

/** ActivityProfileService. */
export function activityProfileRpc(documents: DocumentStore): ServiceImpl<typeof ActivityProfileService> {
  return {
    async getActivityProfile(request, context) {
      return { document: await readDocument(documents, organizationOf(context), addressOf(request)) };
    },
    async listActivityProfiles(request, context) {
      const scope = scopeOf(request.activityId);
      const { ids, page } = await listDocumentIds(documents, organizationOf(context), scope, request);
      return { profileIds: ids, page };
    },
    async putActivityProfile(request, context) {
      return { etag: await documents.put(organizationOf(context), addressOf(request), request) };
    },
    async mergeActivityProfile(request, context) {
      return { etag: await documents.merge(organizationOf(context), addressOf(request), request) };
    },
    async deleteActivityProfile(request, context) {
      await documents.remove(organizationOf(context), addressOf(request), request.precondition);
      return {};
    },
  };
}

function addressOf(request: { readonly activityId: string; readonly profileId: string }): DocumentAddress {
  return { scope: scopeOf(request.activityId), id: request.profileId };
}

function scopeOf(activityId: string): DocumentScope {
  return { resource: "activityProfile", activityId, agentKey: "", registration: "" };
}
