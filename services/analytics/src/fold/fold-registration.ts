import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { Instance, Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { activityBook } from "./activity-book.ts";
import { type ActivityStanding, type Folded, NIL, type Slot } from "./folded.ts";
import { activityKey, launchBook, type TimeTotals } from "./launch-times.ts";
import { type JournalEvent, readRegistrationEvent, type Told } from "./registration-event.ts";
import {
  countChange,
  countIn,
  isComplete,
  nothingYet,
  type Stand,
  standOf,
  statusOf,
  type Verdicts,
} from "./result-line.ts";
import { type SlotBook, slotBook } from "./slot-book.ts";

/** Who takes which course; from the registration itself or, while that event is not there, from the first that names them. */
interface Base {
  readonly courseId: string;
  readonly versionId: string;
  readonly learnerId: string;
  readonly createdAt: number;
  readonly registration: Registration | undefined;
  readonly eventId: string;
}

type Reading = JournalEvent & { readonly told: Told };

/**
 * What follows from the events of one registration. It depends on which events there are and not on when or how often they came, so it is
 * the same after any disorder and after a rebuild. Undefined when the registration is gone, or when no event names its course yet.
 */
export function foldRegistration(events: readonly JournalEvent[]): Folded | undefined {
  const read = [...new Map(events.map((event) => [event.id, event])).values()]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap((event): Reading[] => {
      const told = readRegistrationEvent(event.type, event.payload)?.told;
      return told ? [{ ...event, told }] : [];
    });
  if (read.some(({ told }) => told.kind === "deleted")) return undefined;
  const base = baseOf(read);
  return base && foldFrom(base, read);
}

function foldFrom(base: Base, read: readonly Reading[]): Folded {
  const slots = slotBook();
  const launches = launchBook();
  const activities = activityBook();
  const line = resultLine(base, slots);
  let place = { destination_id: NIL, dispatch_id: NIL };
  for (const { told, at } of read) {
    if (told.kind === "instance") line.begin(told.instance);
    if (told.kind === "launch") launches.tell(told.launch, told.ended);
    if (told.kind === "dispatch" && place.dispatch_id === NIL)
      place = { destination_id: told.destinationId || NIL, dispatch_id: told.dispatchId || NIL };
    if (told.kind === "result") {
      const { change } = told;
      line.change(change.instanceId, change.courseVersionId, at, standOf(change.result));
      launches.heard(change.launchId, change.instanceId, at);
    }
    if (told.kind === "activities") {
      const { progress } = told;
      activities.tell(progress);
      line.seen(progress.instanceId, progress.courseVersionId);
      const activity = progress.changes.findLast((change) => change.activity !== "")?.activity;
      launches.heard(progress.launchId, progress.instanceId, at, activity);
    }
  }
  const times = launches.settle(slots, line.versionOf);
  const reported = activities.reported();
  for (const { instanceId, at, ms } of reported) slots.add(line.versionOf(instanceId), at, "reported_ms", ms);

  const { instanceId, stand } = line.present();
  const reached = activities.activitiesOf(instanceId);
  const done = isComplete(stand) || stand.success === Success.PASSED;
  const last = reached.reduce<ActivityStanding | undefined>(
    (latest, one) => (latest === undefined || one.last_at >= latest.last_at ? one : latest),
    undefined,
  );
  for (const activity of reached) {
    const spent = times.activities.get(activityKey(instanceId, activity.activity_id));
    activity.wall_ms = spent?.wall ?? 0;
    activity.active_ms = spent?.active ?? 0;
    activity.stopped = activity === last && !done;
  }
  for (const { activity, ms, instanceId: of } of reported) {
    const one = of === instanceId ? reached.find(({ activity_id }) => activity_id === activity) : undefined;
    if (one) one.reported_ms += ms;
  }
  const settled = slots.slots();
  return {
    standing: {
      course_id: base.courseId,
      course_version_id: line.versionOf(instanceId),
      ...place,
      source: base.registration?.source ?? "",
      learner_id: base.learnerId,
      tags: base.registration?.tags ?? [],
      status: statusOf(stand),
      ...stand,
      ...line.attempts(),
      ...timesOf(times, settled),
      reported_ms: reported.reduce((sum, { ms }) => sum + ms, 0),
      created_at: base.createdAt,
      last_activity_id: last?.activity_id ?? "",
    },
    learnerName: nameOf(base.registration),
    nameEventId: base.registration && base.eventId,
    slots: settled,
    activities: reached,
    answers: activities.answersOf(instanceId),
  };
}

function timesOf(times: TimeTotals, slots: readonly Slot[]) {
  return {
    wall_ms: times.wall,
    active_ms: times.active,
    launch_count: times.launchCount,
    open: times.open,
    first_launch_at: times.firstLaunchAt,
    first_active_at: slots.find((slot) => slot.active)?.at ?? null,
    last_active_at: times.lastActiveAt,
  };
}

/** Follows the result of the present try; what comes late for an earlier try changes nothing any more. */
function resultLine(base: Base, slots: SlotBook) {
  const versions = new Map<string, string>();
  const verdicts = new Map<string, Verdicts>();
  let instanceId = base.registration?.instance?.id ?? "";
  let version = base.versionId;
  let stand: Stand = nothingYet;
  let completedAt: number | null = null;
  let passedAt: number | null = null;
  let attemptsToPass = 0;
  const versionOf = (id: string): string => versions.get(id) ?? base.versionId;
  const verdictsOf = (id: string): Verdicts => {
    const known = verdicts.get(id) ?? { failed: 0, passed: 0 };
    verdicts.set(id, known);
    return known;
  };
  /** A try without a verdict is an attempt as well. */
  const attempts = (): number =>
    [...verdicts.values()].reduce((sum, { failed, passed }) => sum + Math.max(1, failed + passed), 0);
  const turnTo = (id: string, versionId: string, at: number): void => {
    countIn(slots, version, at, stand, -1);
    instanceId = id;
    version = versionId;
    stand = nothingYet;
    completedAt = null;
    passedAt = null;
    countIn(slots, version, at, stand, 1);
  };

  slots.add(version, base.createdAt, "created", 1);
  countIn(slots, version, base.createdAt, stand, 1);
  if (instanceId !== "") versions.set(instanceId, base.versionId);

  return {
    versionOf,
    begin(instance: Instance): void {
      if (versions.has(instance.id)) return;
      versions.set(instance.id, instance.courseVersionId);
      turnTo(
        instance.id,
        instance.courseVersionId,
        instance.createTime ? timestampMs(instance.createTime) : base.createdAt,
      );
    },
    seen(id: string, versionId: string): void {
      if (versions.has(id)) return;
      versions.set(id, versionId || base.versionId);
      if (instanceId === "") instanceId = id;
    },
    change(id: string, versionId: string, at: number, next: Stand): void {
      if (!versions.has(id)) {
        versions.set(id, versionId);
        if (instanceId === "") instanceId = id;
        else turnTo(id, versionId, at);
      }
      if (id !== instanceId) return;
      countIn(slots, version, at, stand, -1);
      countIn(slots, version, at, next, 1);
      countChange(slots, version, at, stand, next, verdictsOf(id));
      if (isComplete(next) !== isComplete(stand)) completedAt = isComplete(next) ? at : null;
      const passes = next.success === Success.PASSED;
      if (passes !== (stand.success === Success.PASSED)) passedAt = passes ? at : null;
      stand = next;
      if (passes && attemptsToPass === 0) attemptsToPass = attempts();
    },
    present: () => ({ instanceId, stand }),
    attempts: () => ({
      attempt_count: attempts(),
      attempts_to_pass: attemptsToPass,
      completed_at: completedAt,
      passed_at: passedAt,
    }),
  };
}

function baseOf(read: readonly Reading[]): Base | undefined {
  for (const { id, told } of read) {
    if (told.kind !== "created") continue;
    const { registration } = told;
    return {
      courseId: registration.courseId,
      versionId: registration.instance?.courseVersionId || NIL,
      learnerId: registration.learner?.id ?? "",
      createdAt: registration.createTime ? timestampMs(registration.createTime) : 0,
      registration,
      eventId: id,
    };
  }
  for (const { id, told } of read) {
    if (told.kind !== "result" && told.kind !== "activities") continue;
    const { courseId, courseVersionId, learnerId } = told.kind === "result" ? told.change : told.progress;
    const createdAt = Math.min(...read.map((event) => event.at));
    return { courseId, versionId: courseVersionId, learnerId, createdAt, registration: undefined, eventId: id };
  }
  return undefined;
}

function nameOf(registration: Registration | undefined): string {
  const { firstName = "", lastName = "" } = registration?.learner ?? {};
  return `${firstName} ${lastName}`.trim();
}
