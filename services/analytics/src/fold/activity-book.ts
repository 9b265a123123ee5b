import { timestampMs } from "@bufbuild/protobuf/wkt";
import {
  type ActivitiesProgressed,
  type ActivityChange,
  ActivityChangeKind,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { parseTimespan } from "@coursemesh/scorm/cmi12/timespan.ts";
import { parseTimeInterval } from "@coursemesh/scorm/cmi2004/time-interval.ts";
import type { ActivityStanding, Answer } from "./folded.ts";
import { SCORE_UNIT } from "./measures.ts";

/** A session of an activity that ended, with the time that the content reported for it. */
export interface ReportedTime {
  readonly instanceId: string;
  readonly activity: string;
  readonly at: number;
  readonly ms: number;
}

/** Collects what happened in the activities of all tries. */
export interface ActivityBook {
  tell(progress: ActivitiesProgressed): void;
  /** A session that was told twice counts once, as it was told last. */
  reported(): ReportedTime[];
  activitiesOf(instanceId: string): ActivityStanding[];
  answersOf(instanceId: string): Answer[];
}

export function activityBook(): ActivityBook {
  const instances = new Map<string, { activities: Map<string, ActivityStanding>; answers: Map<string, Answer> }>();
  const sessions = new Map<string, ReportedTime>();
  const bookOf = (instanceId: string) => {
    const book = instances.get(instanceId) ?? { activities: new Map(), answers: new Map() };
    instances.set(instanceId, book);
    return book;
  };

  const tellOne = (progress: ActivitiesProgressed, change: ActivityChange): void => {
    const { instanceId, scorm2004 } = progress;
    const { activity, kind, outcome, interaction } = change;
    if (activity === "") return;
    const at = change.time ? timestampMs(change.time) : 0;
    const { activities, answers } = bookOf(instanceId);
    const known = activities.get(activity) ?? newActivity(activity, at, activities.size);
    activities.set(activity, known);
    known.title = change.title || known.title;
    known.last_at = Math.max(known.last_at, at);
    if (kind === ActivityChangeKind.COMPLETED || kind === ActivityChangeKind.PASSED) known.finished = true;
    if (outcome?.completion === true || outcome?.success === true) known.finished = true;
    if (outcome?.scoreScaled !== undefined) known.score = Math.round(outcome.scoreScaled * SCORE_UNIT);
    if (outcome?.sessionSeconds !== undefined) {
      const session = `${instanceId} ${activity} ${change.attempt} ${change.session}`;
      sessions.set(session, { instanceId, activity, at, ms: Math.round(outcome.sessionSeconds * 1000) });
    }
    if (kind !== ActivityChangeKind.ANSWERED || !interaction || interaction.id === "") return;
    const centiseconds = scorm2004 ? parseTimeInterval(interaction.latency, false) : parseTimespan(interaction.latency);
    answers.set(JSON.stringify([activity, interaction.id]), {
      activity_id: activity,
      question_id: interaction.id,
      text: interaction.description || interaction.id,
      type: interaction.type,
      answer: interaction.response,
      correct: interaction.result.toLowerCase() === "correct",
      latency_ms: interaction.latency === "" || centiseconds === undefined ? null : centiseconds * 10,
      answered_at: at,
    });
  };

  return {
    tell(progress) {
      for (const change of progress.changes) tellOne(progress, change);
    },
    reported: () => [...sessions.values()],
    activitiesOf: (instanceId) => [...(instances.get(instanceId)?.activities.values() ?? [])],
    answersOf: (instanceId) => [...(instances.get(instanceId)?.answers.values() ?? [])],
  };
}

function newActivity(activityId: string, at: number, rank: number): ActivityStanding {
  return {
    activity_id: activityId,
    title: "",
    reached_at: at,
    last_at: at,
    rank,
    finished: false,
    stopped: false,
    score: null,
    wall_ms: 0,
    active_ms: 0,
    reported_ms: 0,
  };
}
