import { durationOfSeconds } from "./duration.ts";
import {
  interactionTypeOf,
  judgementOf,
  latencyOf,
  localized,
  type ScormInteraction,
  xapiResponse,
} from "./scorm-interaction.ts";
import { interactionIri, SCORM_CATEGORY, SCORM_TYPES, type ScormVerb, scormVerb, titled } from "./scorm-profile.ts";
import type { Activity, Agent, ContextActivities, Result, Score, Statement } from "./statement.ts";

/** What a statement about a SCORM course needs to know besides what happened. */
export interface ScormSetting {
  /** Whom it is about: an account without personal data, best (profile 3.2 "Actor"). */
  readonly learner: Agent;
  readonly course: ScormPart;
  /** The SCO it happened in; absent when it is about the course as a whole. */
  readonly lesson?: ScormPart;
  /** IRI of the attempt, unique per try; see `attemptIri`. */
  readonly attempt: string;
  /** UUID. */
  readonly registration: string;
  /** BCP 47 tag of the titles. */
  readonly language?: string;
  /** IRI without end, below which our own extensions have their keys, e.g. `https://lms.example.com/xapi/extensions`. */
  readonly extensions: string;
}

/** A course or a SCO. */
export interface ScormPart {
  /** See `lessonIri`. */
  readonly iri: string;
  readonly title: string;
}

/** How it stands; what is not known is absent. */
export interface ScormOutcome {
  readonly completion?: boolean;
  readonly success?: boolean;
  readonly score?: Score;
  /** Time of the session. */
  readonly seconds?: number;
}

/** What happened. */
export type ScormChange = {
  /** Tells it from everything else of the same verb in the same attempt, e.g. the launch and the number of the call. The same change has the same key always. */
  readonly key: string;
  /** RFC 3339 with milliseconds: when it happened (profile 3.2 "Timestamp": every statement says). */
  readonly at: string;
} & (
  | { readonly verb: "initialized" | "resumed" }
  | { readonly verb: Exclude<ScormVerb, "initialized" | "resumed" | "responded">; readonly outcome: ScormOutcome }
  | { readonly verb: "responded"; readonly interaction: ScormInteraction }
);

/**
 * The statement that tells a change after the profile: initialized or resumed when an attempt begins (5.0 "Initializing", "Resuming"),
 * terminated or suspended with the outcome and the session's time when it ends (5.0 "Terminating", "Suspending"; 6.0 "Session Time"),
 * completed, passed, failed and scored in between (6.0), responded for an interaction (6.0 "Interactions"). `idOf` makes a UUID from a
 * name, so that telling a change again gives the same statement.
 */
export function scormStatement(setting: ScormSetting, change: ScormChange, idOf: (name: string) => string): Statement {
  const about = change.verb === "responded" ? interactionOf(setting, change.interaction) : subjectOf(setting);
  const result = resultOf(setting, change);
  return {
    id: idOf(JSON.stringify([setting.registration, setting.attempt, about.id, change.verb, change.key])),
    actor: setting.learner,
    verb: scormVerb(change.verb),
    object: about,
    ...(result && Object.keys(result).length > 0 ? { result } : {}),
    context: {
      registration: setting.registration,
      contextActivities: contextActivities(setting, change.verb === "responded"),
    },
    timestamp: change.at,
  };
}

function part({ iri, title }: ScormPart, type: string, language: string | undefined): Activity {
  return { objectType: "Activity", id: iri, definition: { ...titled(title, language), type } };
}

const courseOf = ({ course, language }: ScormSetting) => part(course, SCORM_TYPES.course, language);

function subjectOf(setting: ScormSetting): Activity {
  return setting.lesson ? part(setting.lesson, SCORM_TYPES.lesson, setting.language) : courseOf(setting);
}

/** Course and attempt as grouping, the profile as category, and what contains an interaction as its parent (3.2 "Context Activities"). */
function contextActivities(setting: ScormSetting, inside: boolean): ContextActivities {
  const attempt: Activity = { objectType: "Activity", id: setting.attempt, definition: { type: SCORM_TYPES.attempt } };
  return {
    ...(inside ? { parent: [subjectOf(setting)] } : {}),
    grouping: [courseOf(setting), attempt],
    category: SCORM_CATEGORY,
  };
}

function interactionOf(setting: ScormSetting, interaction: ScormInteraction): Activity {
  const { edition, description, correctResponses = [] } = interaction;
  const interactionType = interactionTypeOf(interaction.type);
  return {
    objectType: "Activity",
    id: interactionIri((setting.lesson ?? setting.course).iri, interaction.id),
    definition: {
      ...titled(interaction.id),
      ...(description ? { description: localized(description) } : {}),
      type: SCORM_TYPES.interaction,
      interactionType,
      ...(correctResponses.length > 0
        ? { correctResponsesPattern: correctResponses.map((text) => xapiResponse(edition, interactionType, text)) }
        : {}),
    },
  };
}

function resultOf(setting: ScormSetting, change: ScormChange): Result | undefined {
  if (change.verb === "responded") return interactionResult(setting, change.interaction);
  if (!("outcome" in change)) return undefined;
  const { completion, success, score, seconds } = change.outcome;
  const kept = score && validScore(score);
  return {
    ...(kept ? { score: kept } : {}),
    ...(success === undefined ? {} : { success }),
    ...(completion === undefined ? {} : { completion }),
    ...(seconds === undefined ? {} : { duration: durationOfSeconds(seconds) }),
  };
}

function interactionResult({ extensions }: ScormSetting, interaction: ScormInteraction): Result {
  const { edition, type, response, result, latency, weighting, objectives } = interaction;
  const { success, raw } = judgementOf(result);
  const duration = latencyOf(latency);
  // What the data model holds and xAPI has no place for.
  const rest = {
    ...(success === undefined && raw === undefined && result ? { result } : {}),
    ...(weighting ? { weighting } : {}),
    ...(objectives && objectives.length > 0 ? { objectives } : {}),
  };
  return {
    ...(raw === undefined ? {} : { score: { raw } }),
    ...(success === undefined ? {} : { success }),
    ...(response === undefined ? {} : { response: xapiResponse(edition, interactionTypeOf(type), response) }),
    ...(duration === undefined ? {} : { duration }),
    ...(Object.keys(rest).length > 0 ? { extensions: { [`${extensions}/scorm-interaction`]: rest } } : {}),
  };
}

/** A score as xAPI takes it (1.0.3 Data 2.4.5.1): courses report ranges that are none, and scores outside them. Undefined when nothing is left. */
function validScore({ scaled, raw, min, max }: Score): Score | undefined {
  const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);
  const inRange =
    (!isNumber(min) || !isNumber(max) || min < max) &&
    (!isNumber(raw) || !isNumber(min) || raw >= min) &&
    (!isNumber(raw) || !isNumber(max) || raw <= max);
  const score = {
    ...(isNumber(scaled) && Math.abs(scaled) <= 1 ? { scaled } : {}),
    ...(isNumber(raw) ? { raw } : {}),
    ...(inRange && isNumber(min) ? { min } : {}),
    ...(inRange && isNumber(max) ? { max } : {}),
  };
  return Object.keys(score).length > 0 ? score : undefined;
}
