import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { ActivityProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_profile_pb.ts";
import type { DocumentStore } from "./document-store.ts";
import { PAGE_SIZE } from "./list-all-ids.ts";

/** What belongs to an activity, whoever takes it (Communication 2.7). The scope is its IRI. */
export function activityProfileStore(clients: Clients): DocumentStore<string> {
  const profiles = clients.of(ActivityProfileService);
  return {
    idParameter: "profileId",
    scopeParameters: ["activityId"],
    demands: {
      PUT: { activityId: "XAPI-00299", profileId: "XAPI-00302" },
      POST: { activityId: "XAPI-00298", profileId: "XAPI-00301" },
      GET: { activityId: "XAPI-00296" },
      DELETE: { activityId: "XAPI-00297", profileId: "XAPI-00300" },
    },
    readScope: (parameters) => parameters.iri("activityId") ?? "",
    get: async (activityId, profileId) => (await profiles.getActivityProfile({ activityId, profileId })).document,
    async list(activityId, since, pageToken) {
      const page = { pageSize: PAGE_SIZE, pageToken };
      const answer = await profiles.listActivityProfiles({ page, activityId, ...(since && { since }) });
      return { ids: answer.profileIds, nextPageToken: answer.page?.nextPageToken ?? "" };
    },
    put: async (activityId, profileId, written) =>
      (await profiles.putActivityProfile({ activityId, profileId, ...written })).etag,
    merge: async (activityId, profileId, written) =>
      (await profiles.mergeActivityProfile({ activityId, profileId, ...written })).etag,
    remove: async (activityId, profileId, precondition) =>
      void (await profiles.deleteActivityProfile({ activityId, profileId, precondition })),
  };
}
