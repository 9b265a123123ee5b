import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { callOf, firstDelivery } from "../bench/load/delivery.ts";
import { httpConnection } from "../bench/load/http-connection.ts";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import type { Product } from "../product/start-product.ts";

/** People who register, play and edit as long as they are let. What fails they do again, as those do who must not lose it. */
export interface BusyOrganization {
  /** External ids of registrations whose creation was answered with success. */
  readonly registered: ReadonlySet<string>;
  /** Plays that were answered as completed. */
  readonly played: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** What has not been answered by then was sent to somebody who is dead. */
const PATIENCE_MS = 15_000;
/** Pause after a failure: somebody was just killed. */
const PAUSE_MS = 100;
/** Every so many registrations are played; as often the course is edited. */
const PLAYED = 4;

/** @param courseId an imported course of one activity. @param people who act at the same time. */
export function startBusyOrganization(product: Product, courseId: string, people: number): BusyOrganization {
  const rest = restClient(product);
  const registrations = rpcClient(product, RegistrationService);
  const courses = rpcClient(product, CourseService);
  const [registered, played] = [new Set<string>(), new Set<string>()];
  let going = true;
  /** Answers false when it was time to stop. */
  const insist = async (act: () => Promise<unknown>): Promise<boolean> => {
    for (; going; await sleep(PAUSE_MS)) {
      try {
        await Promise.race([act(), late()]);
        return true;
      } catch {
        // Killed, restarting, or without its database; nothing else makes these calls fail.
      }
    }
    return false;
  };
  const register = async (id: string, byRest: boolean): Promise<void> => {
    if (!byRest) {
      const learner = { id: `learner-of-${id}`, firstName: "Bo", lastName: "Li" };
      // One request id for all attempts: what was made unseen is answered, not made again.
      await registrations.createRegistration(
        { requestId: id, externalId: id, courseId, learner },
        { timeoutMs: 10_000 },
      );
      return;
    }
    const there = await rest.request("GET", `/registrations/${id}`);
    if (there.status === 404) await rest.register(courseId, id);
    else if (!there.ok) throw new Error(`looking for a registration answered ${there.status}`);
  };
  const play = async (id: string): Promise<void> => {
    const link = new URL((await rest.launchLink(id)).replace(/\/?$/, "/api/"));
    const connection = await httpConnection(link.origin);
    try {
      const opened = await connection.post(`${link.pathname}open`, "{}");
      const place = { activity: JSON.parse(opened.body).outline.activities[0].identifier };
      const passes = [
        callOf(place, "cmi.core.score.raw", "80"),
        callOf(place, "cmi.core.lesson_status", "passed"),
        callOf(place, "", "", "Commit"),
      ];
      for (const [first, text] of [
        [1, firstDelivery(place)],
        [3, JSON.stringify(passes)],
      ]) {
        const { status, body } = await connection.post(`${link.pathname}journal?first=${first}`, String(text));
        if (status !== 200) throw new Error(`the journal answered ${status}: ${body}`);
      }
    } finally {
      connection.close();
    }
  };
  const edit = async (title: string): Promise<void> => {
    const { course } = await courses.getCourse({ by: { case: "externalId", value: courseId } });
    await courses.updateCourse({ course: { id: course?.id ?? "", title }, updateMask: { paths: ["title"] } });
  };
  const act = async (person: number): Promise<void> => {
    for (let turn = person; going; turn += 1) {
      const id = randomUUID();
      if (await insist(() => register(id, turn % 2 === 0))) registered.add(id);
      if (turn % PLAYED === 0 && (await insist(() => play(id)))) played.add(id);
      if (turn % PLAYED === 1) await insist(() => edit(`Edited in turn ${turn} by ${person}`));
    }
  };
  const acting = Array.from({ length: people }, (_, person) => act(person));
  return {
    registered,
    played,
    async stop() {
      going = false;
      await Promise.all(acting);
    },
  };
}

async function late(): Promise<never> {
  await sleep(PATIENCE_MS, undefined, { ref: false });
  throw new Error("no answer");
}
