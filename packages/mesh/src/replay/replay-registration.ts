import type { Call } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import type { Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { ReplaySessionResponse, Step } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { type CoursemeshClients, eachItem, reasonOf } from "@coursemesh/sdk";
import { momentOf } from "./moment-of.ts";
import { callLine, differenceLine, stepLine } from "./replay-lines.ts";

/** What to replay, and where the lines go. */
export interface ReplayRequest {
  /** UUID or external id. */
  readonly registration: string;
  /** Number of the try, from 1; the current one when undefined. */
  readonly instance: number | undefined;
  /** Last step, as a number, or last call, as `<launch>:<seq>`; the end when undefined. */
  readonly until: string | undefined;
  /** Also print each call. */
  readonly calls: boolean;
  /** BCP 47 tag of the sentences; empty for English. */
  readonly locale: string;
  readonly print: (line: string) => void;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Tells what happened, step by step, replays it and prints hashes and verdict.
 * @returns whether everything came to the same.
 * @throws RangeError when there is no such try, step or call; ConnectError as the services answer.
 */
export async function replayRegistration(coursemesh: CoursemeshClients, request: ReplayRequest): Promise<boolean> {
  const { print, locale } = request;
  const { runtime, sequencing } = coursemesh;
  const by = UUID.test(request.registration)
    ? ({ case: "id", value: request.registration } as const)
    : ({ case: "externalId", value: request.registration } as const);
  const { registration } = await runtime.registrations.getRegistration({ by });
  if (registration === undefined) throw new RangeError("no such registration");
  const registrationId = registration.id;
  const instance = await instanceOf(coursemesh, registration, request.instance);
  const steps = await absentWithoutSession(
    collect(
      eachItem(
        (page) => sequencing.steps.listSteps({ instanceId: instance.id, locale, page }),
        (answer) => answer.steps,
      ),
    ),
  );
  const moment = momentOf(steps ?? [], request.until);
  print(`registration ${registrationId}, try ${tryNumber(instance)} (${instance.id})`);
  const told = (steps ?? []).slice(0, moment.steps);
  if (request.calls) {
    const listed = eachItem(
      (page) => runtime.journal.listCalls({ registrationId, instanceId: instance.id, page }),
      (answer) => answer.calls,
    );
    await printCalls(listed, told, moment.call, print);
  } else for (const step of told) print(stepLine(step));

  const until = moment.call ?? { launchId: "", seq: 0 };
  const journal = await runtime.journal.replayJournal({ registrationId, instanceId: instance.id, ...until });
  const result = journal.result;
  if (result !== undefined) {
    const score = result.score ? `, score ${result.score.scaled}` : "";
    print(`result: ${nameOf(Completion, result.completion)}, ${nameOf(Success, result.success)}${score}`);
  }
  for (const difference of journal.differences) print(differenceLine(difference));
  print(`run-time data   stored   ${journal.storedStateHash || "– (replayed in part)"}`);
  print(`                replayed ${journal.replayedStateHash}`);
  const journalSame = (journal.equalsStoredState ?? true) && journal.differences.length === 0;

  // A call before the first step leaves nothing of sequencing to replay.
  const untilRevision = told.at(-1)?.revision ?? 0n;
  const stepped = steps !== undefined && told.length > 0;
  const replayed = stepped
    ? await sequencing.steps.replaySession({ instanceId: instance.id, untilRevision })
    : undefined;
  if (replayed !== undefined) printSequencing(replayed, told, print);
  const identical = journalSame && (replayed?.identical ?? true);
  print(identical ? "identical" : "NOT IDENTICAL");
  return identical;
}

function printSequencing(replayed: ReplaySessionResponse, steps: readonly Step[], print: (line: string) => void): void {
  print(`sequencing      stored   ${replayed.storedHash}`);
  print(`                replayed ${replayed.replayedHash} (${replayed.stepsReplayed} steps)`);
  if (replayed.identical) return;
  const first = steps.find(({ id }) => id === replayed.firstDifferenceStepId);
  print(`first difference: step ${first?.revision ?? replayed.firstDifferenceStepId}`);
  for (const { activityId, objectiveId, name, before, after } of replayed.differences)
    print(
      `  ${[activityId, objectiveId, name].filter(Boolean).join(", ")}: stored ${before || "–"}, replayed ${after || "–"}`,
    );
}

/** Calls in their order, each step behind the call that it answered. */
async function printCalls(
  calls: AsyncIterable<Call>,
  steps: readonly Step[],
  until: { readonly launchId: string; readonly seq: number } | undefined,
  print: (line: string) => void,
): Promise<void> {
  const stepAt = new Map(steps.map((step) => [`${step.launchId}:${step.seq}`, step]));
  for await (const call of calls) {
    print(callLine(call));
    const step = stepAt.get(`${call.launchId}:${call.seq}`);
    if (step !== undefined) print(stepLine(step));
    if (call.launchId === until?.launchId && call.seq >= until.seq) return;
  }
}

async function instanceOf({ runtime }: CoursemeshClients, registration: Registration, number: number | undefined) {
  const { instances } = await runtime.registrations.listInstances({
    registrationId: registration.id,
    page: { pageSize: 500 },
  });
  const found =
    number === undefined
      ? instances.find(({ id }) => id === registration.instance?.id)
      : instances.find((each) => tryNumber(each) === number);
  if (found === undefined)
    throw new RangeError(`there is no try ${number}; tries: ${instances.map(tryNumber).join(", ")}`);
  return found;
}

/** People count tries from 1, as the page does. */
const tryNumber = (instance: { readonly number: number }) => instance.number + 1;

function nameOf(names: Readonly<Record<string, number>>, value: number): string {
  return (
    Object.keys(names)
      .find((name) => names[name] === value)
      ?.toLowerCase() ?? String(value)
  );
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A course without sequencing, or a try that nobody launched, has no steps. */
async function absentWithoutSession<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (reasonOf(error) === "SESSION_NOT_FOUND") return undefined;
    throw error;
  }
}
