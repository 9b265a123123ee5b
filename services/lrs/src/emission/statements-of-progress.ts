import { timestampMs } from "@bufbuild/protobuf/wkt";
import { uuidV5 } from "@coursemesh/platform/ids/uuid-v5.ts";
import {
  type ActivitiesProgressed,
  type ActivityChange,
  ActivityChangeKind,
  type ActivityOutcome,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { attemptIri, lessonIri } from "@coursemesh/xapi/scorm-profile.ts";
import {
  type ScormChange,
  type ScormOutcome,
  type ScormSetting,
  scormStatement,
} from "@coursemesh/xapi/scorm-statements.ts";
import type { Agent, Statement } from "@coursemesh/xapi/statement.ts";

/** Ids of settings, as the course service defines them; what is missing has its default. */
const EMIT = "statements.emit";
const LEARNER = "statements.learner";

/** What happened, as the profile's words. */
const VERBS = {
  [ActivityChangeKind.INITIALIZED]: "initialized",
  [ActivityChangeKind.RESUMED]: "resumed",
  [ActivityChangeKind.SUSPENDED]: "suspended",
  [ActivityChangeKind.TERMINATED]: "terminated",
  [ActivityChangeKind.COMPLETED]: "completed",
  [ActivityChangeKind.PASSED]: "passed",
  [ActivityChangeKind.FAILED]: "failed",
  [ActivityChangeKind.ANSWERED]: "responded",
} as const;

/**
 * The statements that tell of what happened in a course, after ADL's SCORM profile; none when the course's settings say so. The same
 * event gives the same statements with the same ids, and so does an event that tells the same again.
 * @param publicUrl where people open the product; what courses and learners are called lies below it.
 */
export function statementsOfProgress(
  organizationId: string,
  event: ActivitiesProgressed,
  publicUrl: string,
): Statement[] {
  if (event.settings[EMIT] === "false") return [];
  return event.changes.flatMap((change) => {
    const told = toldBy(event, change);
    if (told === undefined) return [];
    const key = JSON.stringify(keyOf(event, change));
    return scormStatement(settingOf(organizationId, event, change, publicUrl), told, () => uuidV5(organizationId, key));
  });
}

function settingOf(
  organizationId: string,
  event: ActivitiesProgressed,
  { activity, title, attempt }: ActivityChange,
  publicUrl: string,
): ScormSetting {
  const base = publicUrl.replace(/\/$/, "");
  const course = { iri: `${base}/courses/${event.courseId}`, title: event.courseTitle };
  const lesson = activity === "" ? undefined : { iri: lessonIri(course.iri, activity), title };
  const tried = attempt === 0 ? event.instanceId : `${event.instanceId}.${attempt}`;
  return {
    learner: learnerOf(organizationId, event, base),
    course,
    ...(lesson && { lesson }),
    attempt: attemptIri((lesson ?? course).iri, tried),
    registration: event.registrationId,
    extensions: `${base}/xapi/extensions`,
  };
}

/** An account, without a name or an address (profile 3.2 "Actor"). */
function learnerOf(organizationId: string, event: ActivitiesProgressed, homePage: string): Agent {
  const id = event.learnerId || event.registrationId;
  const name = event.settings[LEARNER] === "pseudonym" ? uuidV5(organizationId, `learner ${id}`) : id;
  return { objectType: "Agent", account: { homePage, name } };
}

/**
 * What tells a change from every other. A session begins once and ends once, however often that is told: when its window goes away, and again
 * when the next launch finds it open or calls arrive that were still under way. So do the statuses that come with its end; all else belongs to a
 * call.
 */
function keyOf(event: ActivitiesProgressed, change: ActivityChange): readonly (string | number)[] {
  const { instanceId, launchId } = event;
  const { kind, activity, attempt, session, seq } = change;
  const ofSession = ["session", instanceId, activity, attempt, session] as const;
  if (kind === ActivityChangeKind.INITIALIZED || kind === ActivityChangeKind.RESUMED) return [...ofSession, "began"];
  if (isEnd(change)) return [...ofSession, "ended"];
  const atEnd = event.changes.some(
    (other) =>
      isEnd(other) &&
      other.activity === activity &&
      other.attempt === attempt &&
      other.session === session &&
      other.seq === seq,
  );
  if (atEnd && kind !== ActivityChangeKind.ANSWERED) return [...ofSession, kind];
  return ["call", launchId, seq, kind, activity, change.interaction?.id ?? ""];
}

function isEnd({ kind }: ActivityChange): boolean {
  return kind === ActivityChangeKind.SUSPENDED || kind === ActivityChangeKind.TERMINATED;
}

function toldBy(event: ActivitiesProgressed, change: ActivityChange): ScormChange | undefined {
  const verb = VERBS[change.kind as keyof typeof VERBS];
  const at = new Date(change.time ? timestampMs(change.time) : 0).toISOString();
  if (verb === undefined) return undefined;
  if (verb === "initialized" || verb === "resumed") return { verb, at, key: "" };
  if (verb !== "responded") return { verb, at, key: "", outcome: outcomeOf(change.outcome) };
  const { interaction } = change;
  if (interaction === undefined) return undefined;
  const { $typeName: _, ...told } = interaction;
  return {
    verb,
    at,
    key: "",
    interaction: { ...withoutEmpty(told), id: told.id, edition: event.scorm2004 ? "2004" : "1.2" },
  };
}

/** The profile's functions take what was not set as absent. */
function withoutEmpty<T extends object>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== "")) as Partial<T>;
}

function outcomeOf(outcome: ActivityOutcome | undefined): ScormOutcome {
  if (outcome === undefined) return {};
  const { completion, success, scoreScaled, scoreRaw, scoreMin, scoreMax, sessionSeconds } = outcome;
  return {
    ...(completion !== undefined && { completion }),
    ...(success !== undefined && { success }),
    score: {
      ...(scoreScaled !== undefined && { scaled: scoreScaled }),
      ...(scoreRaw !== undefined && { raw: scoreRaw }),
      ...(scoreMin !== undefined && { min: scoreMin }),
      ...(scoreMax !== undefined && { max: scoreMax }),
    },
    ...(sessionSeconds !== undefined && { seconds: sessionSeconds }),
  };
}
