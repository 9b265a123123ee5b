import type { ActivityTree } from "../sequencing/activity-tree.ts";

/**
 * What a package teaches, after its manifest has been read: the one organization that is played, as a tree of activities.
 * Made by the content service from `imsmanifest.xml`, stored with the course version as JSON, and read by the runtime and the player.
 */
export interface CourseOutline {
  readonly standard: Standard;
  /** `manifest/@identifier`, empty when the manifest has none. */
  readonly manifestIdentifier: string;
  /** `organization/@identifier` of the organization that is played. */
  readonly organizationIdentifier: string;
  readonly title: string;
  readonly activities: readonly ActivityOutline[];
  /** What a SCORM 2004 course is sequenced by; present exactly when `standard` is `scorm2004`. Its activities are those above, with the organization as root. */
  readonly tree?: ActivityTree;
}

/** Learning standards a course version may have; later standards add their names here. */
export type Standard = "scorm12" | "scorm2004";

/** One `item` of the organization. An item with a `launch` is a leaf that a learner opens (SCO or asset); one without is a cluster. */
export interface ActivityOutline {
  /** `item/@identifier`, unique in the organization. */
  readonly identifier: string;
  readonly title: string;
  /** `item/@isvisible`; an invisible leaf is playable but not listed. */
  readonly visible: boolean;
  readonly launch?: ActivityLaunch;
  readonly scorm12?: Scorm12ItemData;
  readonly children: readonly ActivityOutline[];
}

/** Where a leaf starts and how it talks to the LMS. */
export interface ActivityLaunch {
  /** Path inside the package with `xml:base` and item parameters applied, percent-encoded as in the manifest, without a leading slash; or an absolute http(s) URL. */
  readonly href: string;
  /** `sco` calls the API; an `asset` never does and counts as completed once it was opened. */
  readonly type: "sco" | "asset";
}

/** `adlcp` elements of a SCORM 1.2 item, as written in the manifest (SCORM 1.2 Content Aggregation Model, 2.3.2.5). */
export interface Scorm12ItemData {
  /** `adlcp:prerequisites` of type `aicc_script`. */
  readonly prerequisites?: string;
  /** `adlcp:masteryscore`, a decimal 0..100. */
  readonly masteryScore?: string;
  /** `adlcp:maxtimeallowed`, CMITimespan. */
  readonly maxTimeAllowed?: string;
  /** `adlcp:timelimitaction`. */
  readonly timeLimitAction?: string;
  /** `adlcp:datafromlms`, at most 255 characters by the book. */
  readonly dataFromLms?: string;
}

/** All leaves of an outline in the order of the table of contents. */
export function leavesOf(activities: readonly ActivityOutline[]): ActivityOutline[] {
  return activities.flatMap((activity) => (activity.launch ? [activity] : []).concat(leavesOf(activity.children)));
}
