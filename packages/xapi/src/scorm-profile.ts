/**
 * The vocabulary of ADL's "Experience API SCORM Profile" (github.com/adlnet/xAPI-SCORM-Profile, `xapi-scorm-profile.md`, and its second
 * version on the profile server). Clauses are those of the document.
 */
import type { Activity, LanguageMap, Verb } from "./statement.ts";

/** What happened, by the word that the profile's verb ends with (3.2 "Verb"). */
export type ScormVerb =
  | "initialized"
  | "resumed"
  | "suspended"
  | "terminated"
  | "completed"
  | "passed"
  | "failed"
  | "scored"
  | "responded";

/** A verb of the profile. Interactions are `responded` (6.0 "Interactions"), not `answered`. */
export function scormVerb(word: ScormVerb): Verb {
  return { id: `http://adlnet.gov/expapi/verbs/${word}`, display: { "en-US": word } };
}

const activityType = (word: string) => `http://adlnet.gov/expapi/activities/${word}`;

/** Activity types (3.2 "Activity Types"); a SCO is a lesson, and interactions have the type that xAPI gives them (1.0.3 Data 2.4.4.1). */
export const SCORM_TYPES = {
  course: activityType("course"),
  lesson: activityType("lesson"),
  attempt: activityType("attempt"),
  interaction: activityType("cmi.interaction"),
  profile: activityType("profile"),
} as const;

/** The category of every statement after the profile (3.2 "Context Activities"): the profile, and the version of it. */
export const SCORM_CATEGORY: readonly Activity[] = [
  "https://w3id.org/xapi/scorm",
  "https://w3id.org/xapi/scorm/v/2",
].map((id) => ({ id, definition: { type: SCORM_TYPES.profile } }));

/** A title in a language, `und` when nobody says which; an empty title says nothing. */
export function titled(title: string, language = "und"): { readonly name?: LanguageMap } {
  return title === "" ? {} : { name: { [language]: title } };
}

/** Any text as one segment of a path. */
const segment = (text: string) => encodeURIComponent(text.toWellFormed());

/** IRI of a SCO: `<course IRI>/<SCO path>` (3.2 "Guidelines for Activity IRI Construction"). */
export const lessonIri = (courseIri: string, identifier: string) => `${courseIri}/${segment(identifier)}`;

/** IRI of an attempt (5.0 "Initializing an attempt" asks that it be unique): of the activity, with the attempt's id as parameter. */
export const attemptIri = (activityIri: string, attempt: string) => `${activityIri}?attemptId=${segment(attempt)}`;

/** IRI of an interaction: `<SCO IRI>/interactions/<interaction path>`. */
export const interactionIri = (lessonIri: string, identifier: string) =>
  `${lessonIri}/interactions/${segment(identifier)}`;
