import { setTimeout as sleep } from "node:timers/promises";
import {
  Acknowledgement,
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { type Event, EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { importQuiz } from "../e2e/dispatch/dispatched-quiz.ts";
import { unzip } from "../e2e/dispatch/unzip.ts";
import { dispatchCourse, downloadPackage } from "../product/dispatched-course.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";
import { type ChaosLearner, isPassedThere, type LaunchPlace, launchOnce, newLearner } from "./dispatch-learners.ts";
import { chaosTable, successOf } from "./dispatch-table.ts";
import { TROUBLES, type Trouble } from "./dispatch-trouble.ts";
import { seededRandom } from "./seeded-random.ts";

/** Launches with troubles; `npm run chaos` makes 1,000. Those that make up for them come besides. */
const LAUNCHES = Number(process.env.CHAOS_DISPATCH_LAUNCHES ?? 28);
/** Learners at the same time. */
const AT_ONCE = Math.min(24, Math.ceil(LAUNCHES / 4));
/** Launches after which the product is killed once more. */
const KILLED_EVERY = 100;
const ROUNDS_TO_SETTLE = 4;
/** Launches of one learner; with one trouble after the other nobody needs so many. */
const MOST_LAUNCHES = 30;

const random = seededRandom(5);
let product: Product;
let dispatchId: string;
let place: LaunchPlace;

// For each try anew: what an earlier one left would count as doubled.
beforeEach(async () => {
  // The address that packages carry stays the same through all kills, since the ports do.
  product = await startProduct({ env: { DISPATCH_LAUNCHES_PER_MINUTE: "0" } });
  const dispatch = await dispatchCourse(product, await importQuiz(product), {
    terms: { allowedDomains: ["lms.example"] },
  });
  dispatchId = dispatch.id;
  const files = await unzip((await downloadPackage(product, dispatchId)).bytes);
  place = { address: "https://lms.example/course/index.html", files, random };
});
afterEach(() => product?.remove());

it(
  `${LAUNCHES} troubled launches of the package's own scripts: every result is here and there, once`,
  async () => {
    const learners: ChaosLearner[] = [];
    let [launched, kills, going] = [0, 0, true];
    const nextTrouble = (): Trouble => TROUBLES[(launched - 1) % TROUBLES.length] ?? "none";
    const learn = async (): Promise<void> => {
      while (launched < LAUNCHES) {
        const learner = newLearner(learners.length, random);
        learners.push(learner);
        while (!isPassedThere(learner)) {
          if (learner.launches.length >= MOST_LAUNCHES) throw new Error(`${learner.id} never comes to an end`);
          launched += 1;
          await launchOnce(place, learner, launched > LAUNCHES ? "none" : nextTrouble());
        }
      }
    };
    const kill = async (): Promise<void> => {
      for (let at = Math.min(LAUNCHES / 2, KILLED_EVERY); going && at < LAUNCHES; at += KILLED_EVERY) {
        while (going && launched < at) await sleep(20);
        if (!going) return;
        await sleep(random() * 1_000);
        await product.kill();
        await restart();
        kills += 1;
      }
    };
    const learning = Promise.all(Array.from({ length: AT_ONCE }, learn)).finally(() => {
      going = false;
    });
    await Promise.all([learning, kill()]);

    // What the platform has and the server does not know of is told again at the next launch.
    let sessions = await allSessions();
    for (let round = 0; round < ROUNDS_TO_SETTLE; round += 1) {
      const open = learners.filter(({ id }) => !isAccepted(sessions.get(id) ?? []));
      if (open.length === 0) break;
      for (let at = 0; at < open.length; at += AT_ONCE)
        await Promise.all(open.slice(at, at + AT_ONCE).map((learner) => launchOnce(place, learner, "none")));
      await sleep(1_500);
      sessions = await allSessions();
    }
    console.log(chaosTable(learners, { kills, sessions: [...sessions.values()].flat() }));

    expect(
      learners.flatMap(({ id, launches }) => launches.flatMap(({ wrong }) => wrong.map((it) => `${id} ${it}`))),
    ).toEqual([]);
    for (const { id, record, reached } of learners) {
      const own = sessions.get(id) ?? [];
      expect(own, `sessions of ${id}`).toHaveLength(1);
      const [session] = own;
      expect(session, id).toMatchObject({
        acknowledgement: Acknowledgement.ACCEPTED,
        result: { completion: Completion.COMPLETE, success: Success.PASSED, score: { raw: reached.score } },
        hostResult: { completion: Completion.COMPLETE, success: Success.PASSED, scoreRaw: reached.score },
      });
      expect(record.kept, id).toMatchObject({
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": String(reached.score),
      });
      // A platform that took the result may have thrown at the token alone.
      expect([session?.instanceToken, undefined], id).toContain(record.kept["cmi.suspend_data"]);
      // Time that a platform counted twice would be more than all there was.
      expect(record.totalSeconds, `time of ${id}`).toBeLessThanOrEqual(Number(session?.result?.totalSeconds ?? 0) + 1);
    }
    const { licence } = await rpcClient(product, LicenceService).getLicence({
      of: { case: "dispatchId", value: dispatchId },
    });
    expect(Number(licence?.usage?.used)).toBe(learners.length);
    await expect
      // A course that goes back to incomplete and comes to its end again says so again.
      .poll(async () => [...new Set(await completions())].toSorted(), { timeout: 30_000 })
      .toEqual(
        [...sessions.values()]
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      );
    expect(successOf(learners)).toBeGreaterThan(0.99);
  },
  120_000 + LAUNCHES * 5_000,
);

/** Those who ask meanwhile may hold the very port for a moment: a connection from it to itself. */
async function restart(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await product.restart();
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1_000);
    }
  }
}

const isAccepted = (sessions: readonly ExternalSession[]): boolean =>
  sessions.every(({ acknowledgement }) => acknowledgement === Acknowledgement.ACCEPTED);

/** Sessions by learner. */
async function allSessions(): Promise<Map<string, ExternalSession[]>> {
  const client = rpcClient(product, ExternalSessionService);
  const found = new Map<string, ExternalSession[]>();
  for (let pageToken = "", more = true; more; more = pageToken !== "") {
    const { externalSessions, page } = await client.listExternalSessions({
      dispatchId,
      page: { pageSize: 500, pageToken },
    });
    for (const session of externalSessions)
      found.set(session.learnerId, [...(found.get(session.learnerId) ?? []), session]);
    pageToken = page?.nextPageToken ?? "";
  }
  return found;
}

/** Sessions that were announced as completed, in the order of their coming. */
async function completions(): Promise<string[]> {
  const ids: string[] = [];
  const client = rpcClient(product, EventService);
  for (let afterCursor = "", more = true; more; ) {
    const page = await client.listEvents({ afterCursor, limit: 500, filter: { types: ["dispatch.completed"] } });
    for (const event of page.events) ids.push(sessionIdOf(event));
    afterCursor = page.nextCursor;
    more = page.more;
  }
  return ids;
}

function sessionIdOf({ data }: Event): string {
  const session = data?.externalSession;
  return typeof session === "object" && session !== null && !Array.isArray(session) ? String(session.id ?? "") : "";
}
