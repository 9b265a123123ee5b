import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { as, personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { services } from "../src/routes.ts";
import {
  callsOn,
  initialize,
  navigate,
  one,
  type RuntimeCalls,
  type RuntimeHarness,
  refusal,
  set,
  startRuntime,
  two,
} from "./runtime-harness.ts";

let harness: RuntimeHarness;
let mine: RuntimeCalls;
let theirs: RuntimeCalls;
let registration: Registration;
let courseId: string;
let versionId: string;
let launch: { id: string; token: string };

beforeAll(async () => {
  harness = await startRuntime();
  mine = callsOn(harness, one);
  theirs = callsOn(harness, two);
  const course = harness.catalog.addCourse(one, ["A"]);
  courseId = course.id;
  versionId = course.currentVersion?.id ?? "";
  registration = await mine.register(course, "secret-learner", { externalId: "secret" });
  launch = await mine.launch(registration.id);
  await mine.open(launch.token);
  await mine.append(launch.token, 1, [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", "1")]);
});
afterAll(() => harness.stop());

type Attempt = (calls: RuntimeCalls) => Promise<unknown>;

/** Every call another organization may make about the first one's things, and what it must get. */
const refused: Record<string, [attempt: Attempt, reason: string]> = {
  CreateRegistration: [
    (calls) =>
      calls.owner((it) => it.registrations.createRegistration({ requestId: uuidV7(), courseId, learner: { id: "x" } })),
    "COURSE_NOT_FOUND",
  ],
  GetRegistration: [
    (calls) => calls.owner((it) => it.registrations.getRegistration({ by: { case: "id", value: registration.id } })),
    "REGISTRATION_NOT_FOUND",
  ],
  CreateInstance: [
    (calls) =>
      calls.owner((it) => it.registrations.createInstance({ requestId: uuidV7(), registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  RestoreInstance: [
    (calls) =>
      calls.owner((it) =>
        it.registrations.restoreInstance({
          registrationId: registration.id,
          instanceId: registration.instance?.id ?? "",
        }),
      ),
    "REGISTRATION_NOT_FOUND",
  ],
  ListInstances: [
    (calls) => calls.owner((it) => it.registrations.listInstances({ registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  GetActivityStates: [
    (calls) => calls.owner((it) => it.registrations.getActivityStates({ registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  GetLearner: [(calls) => calls.owner((it) => it.learners.getLearner({ id: "secret-learner" })), "LEARNER_NOT_FOUND"],
  UpdateLearner: [
    (calls) => calls.owner((it) => it.learners.updateLearner({ learner: { id: "secret-learner", firstName: "x" } })),
    "LEARNER_NOT_FOUND",
  ],
  CreateLaunch: [
    (calls) => calls.owner((it) => it.launches.createLaunch({ requestId: uuidV7(), registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  CreatePreviewLaunch: [
    (calls) => calls.owner((it) => it.launches.createPreviewLaunch({ courseVersionId: versionId })),
    "COURSE_NOT_FOUND",
  ],
  ListLaunches: [
    (calls) => calls.owner((it) => it.launches.listLaunches({ registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  ListCalls: [
    (calls) => calls.owner((it) => it.journal.listCalls({ registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
  ReplayJournal: [
    (calls) => calls.owner((it) => it.journal.replayJournal({ registrationId: registration.id })),
    "REGISTRATION_NOT_FOUND",
  ],
};
/** Calls that another organization may make, and that must show and change nothing of the first one's. */
const harmless: Record<string, Attempt> = {
  ListRegistrations: async (calls) => {
    const answer = await calls.owner((it) =>
      it.registrations.listRegistrations({ filter: { courseId }, page: { withTotal: true } }),
    );
    expect([answer.registrations, answer.page?.total]).toEqual([[], 0n]);
  },
  SummarizeRegistrations: async (calls) => {
    const { total } = await calls.owner((it) => it.registrations.summarizeRegistrations({}));
    expect([total?.registrations, total?.launches30d, total?.sessionsOpen]).toEqual([0n, 0n, 0n]);
  },
  ListLearners: async (calls) => {
    const { learners } = await calls.owner((it) => it.learners.listLearners({ query: "secret" }));
    expect(learners).toEqual([]);
  },
  DeleteRegistration: (calls) => calls.owner((it) => it.registrations.deleteRegistration({ id: registration.id })),
  RevokeLaunch: (calls) => calls.owner((it) => it.launches.revokeLaunch({ id: launch.id })),
};

it("covers every RPC that a caller of an organization can make", () => {
  const open = services.flatMap((service) => (service.name === "PlayerService" ? [] : service.methods));
  const names = open.map((method) => method.name);
  expect([...Object.keys(refused), ...Object.keys(harmless)].toSorted()).toEqual(names.toSorted());
});

it.each(Object.keys(refused))("answers %s for another organization's thing as for an absent one", async (name) => {
  const [attempt, reason] = refused[name]!;
  expect(await refusal(attempt(theirs))).toBe(reason);
});

it.each(Object.keys(harmless))("shows and changes nothing of another organization by %s", async (name) => {
  await harmless[name]!(theirs);
  expect((await mine.append(launch.token, 4, [])).acknowledgedSeq).toBe(3);
});

it("lets two organizations use the same external ids", async () => {
  const course = harness.catalog.addCourse(two, ["A"]);
  const other = await theirs.register(course, "secret-learner", { externalId: "secret" });
  expect(other.id).not.toBe(registration.id);
  const read = await mine.owner((it) =>
    it.registrations.getRegistration({ by: { case: "externalId", value: "secret" } }),
  );
  expect(read.registration?.id).toBe(registration.id);
});

it("does not mix organizations that are written in one statement", async () => {
  const course = harness.catalog.addCourse(two, ["A"]);
  const both = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const calls = index % 2 ? mine : theirs;
      const made = await calls.register(index % 2 ? harness.catalog.addCourse(one, ["A"]) : course);
      const { token, id } = await calls.launch(made.id);
      await calls.open(token);
      return { token, id, tenant: index % 2 ? one : two };
    }),
  );
  await Promise.all(both.map(({ token }) => mine.append(token, 1, [navigate("A"), initialize("A")])));
  for (const { id, tenant } of both) {
    const rows = await harness.sql("select tenant_id from journal_segment where launch_id = $1", [id]);
    expect(rows).toEqual([{ tenant_id: tenant }]);
  }
});

it("lets nobody from outside use the player's calls, not even with the token", async () => {
  const { clients } = harness.mesh;
  const { PlayerService } = await import("@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts");
  for (const method of PlayerService.methods) {
    const call = clients.of(PlayerService)[method.localName as "resolveLaunch"];
    expect(await refusal(as(personCaller(one), () => call({ token: launch.token })))).toBe("PERMISSION_MISSING");
  }
});

it("refuses what a viewer may not do", async () => {
  const viewer = personCaller(one, "viewer");
  const { LaunchService } = await import("@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts");
  const request = { requestId: uuidV7(), registrationId: registration.id, mode: LaunchMode.NORMAL };
  const attempt = as(viewer, () => harness.mesh.clients.of(LaunchService).createLaunch(request));
  expect(await refusal(attempt)).toBe("PERMISSION_MISSING");
});
