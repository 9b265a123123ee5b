import { clone, create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate, timestampNow } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import {
  type CreateLaunchRequest,
  type CreatePreviewLaunchRequest,
  LaunchSchema,
  LaunchService,
} from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import {
  type CreateRegistrationRequest,
  type Instance,
  InstanceSchema,
  type Registration,
  RegistrationSchema,
  RegistrationService,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { ResultSchema } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { fakeApp } from "./fake-app.ts";
import type { FakeCatalog } from "./fake-catalog.ts";

/** Where the fake runtime's player would be. */
export const CONTENT_URL = "http://content.test";

/** Stands for the runtime: registrations with instances and results that a test sets, and launches that it can look at. */
export interface FakeRuntime {
  readonly app: App;
  /** What was asked, in order; repeats too. */
  readonly registrationRequests: CreateRegistrationRequest[];
  readonly launchRequests: CreateLaunchRequest[];
  readonly previewRequests: CreatePreviewLaunchRequest[];
  /** Registrations whose learners have the course open. */
  readonly open: Set<string>;
  /** Launches that were ended from outside. */
  readonly revoked: string[];
  registration(id: string): Registration;
  registrations(): readonly Registration[];
  /** Gives the present instance of a registration a result. */
  setResult(registrationId: string, result: MessageInitShape<typeof ResultSchema>): void;
  /** Forgets a registration. */
  remove(registrationId: string): void;
  /** Runs before each registration is made; throwing refuses it. */
  beforeRegistration: () => Promise<void> | void;
  beforeLaunch: () => Promise<void> | void;
  /** Runs after a registration was read and before it is answered. */
  afterRead: () => Promise<void> | void;
}

interface Kept {
  readonly organizationId: string;
  readonly registration: Registration;
}

/** @param catalog knows the current version of a course. */
export function fakeRuntime(catalog: Pick<FakeCatalog, "currentVersionOf">): FakeRuntime {
  const kept: Kept[] = [];
  const byRequest = new Map<string, Registration>();
  const launches = new Map<string, string>();
  const earlier: { readonly registrationId: string; readonly instance: Instance }[] = [];
  const find = (id: string): Registration => {
    const found = kept.find(({ registration }) => registration.id === id || registration.externalId === id);
    if (found === undefined) throw serviceError(Code.NotFound, "REGISTRATION_NOT_FOUND", "absent", { id });
    return found.registration;
  };
  const ofCaller = (id: string, organizationId: string): Registration => {
    if (!kept.some((it) => it.organizationId === organizationId && it.registration === find(id)))
      throw serviceError(Code.NotFound, "REGISTRATION_NOT_FOUND", "absent", { id });
    return find(id);
  };
  const instancesOf = (id: string): Instance[] => {
    const past = earlier.filter(({ registrationId }) => registrationId === id).map(({ instance }) => instance);
    const { instance } = find(id);
    return [...(instance ? [instance] : []), ...past.toReversed()];
  };
  const newInstance = (courseId: string, versionId: string, number: number) =>
    create(InstanceSchema, {
      id: uuidV7(),
      number,
      courseVersionId: versionId || catalog.currentVersionOf(courseId),
      result: create(ResultSchema),
      createTime: timestampNow(),
    });
  const sessionOpen = (id: string): Error =>
    serviceError(Code.FailedPrecondition, "SESSION_OPEN", "the learner has the course open", { id });
  const launchOf = (requestId: string, registrationId: string) => {
    const id = launches.get(requestId) ?? uuidV7();
    launches.set(requestId, id);
    const instanceId = registrationId === "" ? "" : (find(registrationId).instance?.id ?? "");
    const launch = create(LaunchSchema, { id, registrationId, instanceId, createTime: timestampFromDate(new Date()) });
    return { launch, url: `${CONTENT_URL}/l/${id}/` };
  };

  const runtime: FakeRuntime = {
    registrationRequests: [],
    launchRequests: [],
    previewRequests: [],
    open: new Set(),
    revoked: [],
    registration: find,
    registrations: () => kept.map(({ registration }) => registration),
    setResult(registrationId, result) {
      const { instance } = find(registrationId);
      if (instance === undefined) throw new Error("the registration has no instance");
      instance.result = create(ResultSchema, result);
    },
    remove(registrationId) {
      kept.splice(
        kept.findIndex(({ registration }) => registration.id === registrationId),
        1,
      );
      for (const [key, { id }] of byRequest) if (id === registrationId) byRequest.delete(key);
    },
    beforeRegistration: () => undefined,
    beforeLaunch: () => undefined,
    afterRead: () => undefined,
    app: fakeApp("runtime", [RegistrationService, LaunchService], (router) => {
      registerPartly(router, RegistrationService, {
        async createRegistration(request, context) {
          const organizationId = organizationOf(context);
          runtime.registrationRequests.push(request);
          await runtime.beforeRegistration();
          const known = byRequest.get(`${organizationId} ${request.requestId}`);
          if (known) return { registration: clone(RegistrationSchema, known) };
          const registration = create(RegistrationSchema, {
            id: uuidV7(),
            externalId: request.externalId || uuidV7(),
            courseId: request.courseId,
            ...(request.learner && { learner: request.learner }),
            instance: newInstance(request.courseId, request.courseVersionId, 0),
            instanceCount: 1,
            source: request.source,
            tags: request.tags,
            createTime: timestampNow(),
          });
          kept.push({ organizationId, registration });
          byRequest.set(`${organizationId} ${request.requestId}`, registration);
          return { registration: clone(RegistrationSchema, registration) };
        },
        getActivityStates({ registrationId }, context) {
          ofCaller(registrationId, organizationOf(context));
          return { activities: [{ activity: "A", stateJson: JSON.stringify({ "cmi.core.lesson_location": "3" }) }] };
        },
        async getRegistration({ by }, context) {
          const registration = clone(RegistrationSchema, ofCaller(by.value ?? "", organizationOf(context)));
          await runtime.afterRead();
          return { registration };
        },
        listInstances({ registrationId }, context) {
          ofCaller(registrationId, organizationOf(context));
          return { instances: instancesOf(registrationId) };
        },
        createInstance(request, context) {
          const organizationId = organizationOf(context);
          const registration = ofCaller(request.registrationId, organizationId);
          const key = `${organizationId} ${request.requestId}`;
          if (!byRequest.has(key)) {
            if (request.unlessOpen && runtime.open.has(registration.id)) throw sessionOpen(registration.id);
            const version = "courseVersionId" in request ? String(request.courseVersionId) : "";
            if (registration.instance)
              earlier.push({ registrationId: registration.id, instance: registration.instance });
            registration.instance = newInstance(registration.courseId, version, registration.instanceCount);
            registration.instanceCount += 1;
            byRequest.set(key, registration);
          }
          return { registration: clone(RegistrationSchema, registration), progressKept: request.keepProgress };
        },
        restoreInstance({ registrationId, instanceId, unlessOpen }, context) {
          const registration = ofCaller(registrationId, organizationOf(context));
          if (unlessOpen && runtime.open.has(registration.id)) throw sessionOpen(registration.id);
          const at = earlier.findIndex(({ instance }) => instance.id === instanceId);
          const [wanted] = at < 0 ? [] : earlier.splice(at, 1);
          if (wanted && registration.instance) {
            earlier.push({ registrationId: registration.id, instance: registration.instance });
            registration.instance = wanted.instance;
          }
          return { registration: clone(RegistrationSchema, registration) };
        },
      });
      registerPartly(router, LaunchService, {
        async createLaunch(request, context) {
          runtime.launchRequests.push(request);
          await runtime.beforeLaunch();
          const registration = ofCaller(request.registrationId, organizationOf(context));
          return launchOf(request.requestId, registration.id);
        },
        createPreviewLaunch(request) {
          runtime.previewRequests.push(request);
          return launchOf(request.courseVersionId, "");
        },
        revokeLaunch({ id }) {
          runtime.revoked.push(id);
          return {};
        },
      });
    }),
  };
  return runtime;
}
