import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { Database } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type CreateLaunchRequest,
  CreateLaunchRequestSchema,
  LaunchEnd,
  LaunchMode,
  type LaunchService,
} from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import type { Catalog } from "../catalog/catalog.ts";
import { instanceNotFound, registrationNotFound } from "../errors.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import type { LaunchEnder } from "../player/launch-ender.ts";
import { createInstance } from "../registration/create-instance.ts";
import { newRegistration } from "../registration/new-registration.ts";
import type { RegistrationRow } from "../registration/registration.entity.ts";
import type { RegistrationRepository } from "../registration/registration.repository.ts";
import { LaunchEntity, type LaunchRow } from "./launch.entity.ts";
import { launchMessage } from "./launch.mapper.ts";
import { insertToken, type LaunchRepository } from "./launch.repository.ts";
import type { LaunchDirectory } from "./launch-directory.ts";
import { launchUrl } from "./launch-token.ts";
import { type LaunchFacts, launchFacts, makeLaunch } from "./make-launch.ts";
import { beginsAnew } from "./restart-policy.ts";

/** What launches need. */
export interface LaunchDeps {
  readonly database: () => Database;
  readonly catalog: Catalog;
  readonly launches: LaunchRepository;
  readonly registrations: RegistrationRepository;
  readonly directory: LaunchDirectory;
  readonly ender: LaunchEnder;
  readonly contentUrl: string;
  readonly now: () => Date;
}

export function launchRpc(deps: LaunchDeps): ServiceImpl<typeof LaunchService> {
  const { catalog, launches, registrations } = deps;

  const again = async (organizationId: string, launch: LaunchRow, hash: Buffer) => {
    if (!hash.equals(launch.requestHash)) throw requestIdReused(launch.requestId);
    const { token } = await launches.addToken(organizationId, launch.id);
    return {
      launch: launchMessage(launch, deps.now()),
      url: launchUrl(deps.contentUrl, launch.courseVersionId, token),
    };
  };

  /** The present try, or a new one where the settings want that. Launches that keep nothing never begin one. */
  const instanceFor = async (
    organizationId: string,
    request: CreateLaunchRequest,
    present: InstanceRow,
    registration: RegistrationRow,
    { course, settings }: LaunchFacts,
  ): Promise<InstanceRow> => {
    const { currentVersion } = course;
    const newer = currentVersion?.id !== present.courseVersionId && !request.keepVersion;
    const keeps = !request.untracked && request.mode !== LaunchMode.REVIEW && !registration.preview;
    const facts = {
      completion: present.completion,
      success: present.success,
      instanceCount: registration.instanceCount,
      newerVersion: newer,
    };
    if (!keeps || currentVersion === undefined || !beginsAnew(settings, facts)) return present;
    const order = {
      requestId: request.requestId,
      registrationId: registration.id,
      keepProgress: false,
      unlessOpen: false,
    };
    const version = request.keepVersion
      ? await catalog.courseVersion(organizationId, present.courseVersionId)
      : currentVersion;
    await createInstance(deps, organizationId, order, version, deps.now());
    return registrations.requireInstance(organizationId, registration.id, "");
  };

  return {
    async createLaunch(request, context) {
      const organizationId = organizationOf(context);
      checkReturnUrl(request.returnUrl);
      const hash = Buffer.from(requestHash(CreateLaunchRequestSchema, request, ["requestId"]), "hex");
      const known = await launches.byRequest(organizationId, request.requestId);
      if (known) return again(organizationId, known, hash);
      const found = await registrations.byId(organizationId, request.registrationId);
      if (found === undefined) throw registrationNotFound({ id: request.registrationId });
      const { registration, learner } = found;
      if (found.instance === undefined) throw instanceNotFound({ id: registration.instanceId });
      const facts = await launchFacts(catalog, organizationId, registration.courseId, found.instance);
      const instance = await instanceFor(organizationId, request, found.instance, registration, facts);
      const anew = instance.id !== found.instance.id;
      const standard = anew ? (facts.course.currentVersion?.standard ?? facts.standard) : facts.standard;
      const order = {
        ...request,
        organizationId,
        requestHash: hash,
        instance,
        learnerId: learner?.externalId ?? "",
        learnerName: learner ? `${learner.lastName}, ${learner.firstName}` : "",
        createdBy: callerOf(context).displayName,
      };
      const data = makeLaunch(order, { ...facts, standard }, deps.now());
      try {
        return await deps
          .database()
          .tenant(organizationId)
          .transactional(async (em) => {
            const launch = em.create(LaunchEntity, data);
            await em.flush();
            const { token } = await insertToken(em, organizationId, launch.id);
            return {
              launch: launchMessage(launch, deps.now()),
              url: launchUrl(deps.contentUrl, launch.courseVersionId, token),
            };
          });
      } catch (error) {
        // Somebody repeated the request at the same time and was first.
        const first = error instanceof UniqueConstraintViolationException;
        const launch = first ? await launches.byRequest(organizationId, request.requestId) : null;
        if (launch === null) throw error;
        return again(organizationId, launch, hash);
      }
    },

    async createPreviewLaunch({ courseVersionId, returnUrl, locale, frameAncestors }, context) {
      const organizationId = organizationOf(context);
      const caller = callerOf(context);
      checkReturnUrl(returnUrl);
      const version = await catalog.courseVersion(organizationId, courseVersionId);
      const now = deps.now();
      const { registration, instance } = newRegistration(
        {
          organizationId,
          requestId: uuidV7(),
          requestHash: Buffer.alloc(0),
          externalId: "",
          courseId: version.courseId,
          courseVersionId: version.id,
          packageId: version.packageId,
          learnerId: null,
          source: "preview",
          tags: [],
        },
        now,
      );
      const order = {
        organizationId,
        requestId: uuidV7(),
        requestHash: Buffer.alloc(0),
        instance,
        learnerId: "preview",
        learnerName: caller.displayName === "" ? "Preview" : caller.displayName,
        mode: LaunchMode.NORMAL,
        untracked: false,
        activity: "",
        returnUrl,
        locale,
        frameAncestors,
        expireSeconds: 0,
        createdBy: caller.displayName,
      };
      const facts = await launchFacts(catalog, organizationId, version.courseId, instance);
      const data = makeLaunch(order, facts, now);
      return deps
        .database()
        .tenant(organizationId)
        .transactional(async (em) => {
          await registrations.insert(em, registration, instance);
          const launch = em.create(LaunchEntity, data);
          await em.flush();
          const { token } = await insertToken(em, organizationId, launch.id);
          return { launch: launchMessage(launch, now), url: launchUrl(deps.contentUrl, courseVersionId, token) };
        });
    },

    async listLaunches({ registrationId, page }, context) {
      const organizationId = organizationOf(context);
      await registrations.require(organizationId, registrationId);
      const list = `launches of ${registrationId}`;
      const start = readPageRequest(page, list);
      const before = start.after === undefined ? undefined : String(start.after[0]);
      const found = await launches.list(organizationId, registrationId, start.limit, before);
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.id]);
      const total = page?.withTotal ? BigInt(await launches.count(organizationId, registrationId)) : undefined;
      return {
        launches: rows.map((row) => launchMessage(row, deps.now())),
        page: { nextPageToken, ...(total !== undefined && { total }) },
      };
    },

    async revokeLaunch({ id }, context) {
      const known = await deps.directory.byId(organizationOf(context), id);
      if (known === undefined) return {};
      await deps.ender.end(known, LaunchEnd.REVOKED);
      return {};
    },
  };
}

/** The player goes there with the learner's browser, so nothing but a web page will do. */
function checkReturnUrl(url: string): void {
  if (url === "") return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (protocol !== "http:" && protocol !== "https:") throw fieldInvalid("return_url", "must be an http or https URL");
}
