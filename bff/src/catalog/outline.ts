import { z } from "zod";

/** The part of a `CourseOutline` (packages/scorm) that pages and reports show. */
export interface OutlineActivity {
  readonly identifier: string;
  readonly title: string;
  readonly launch?: { readonly href: string; readonly type: string } | undefined;
  readonly children: readonly OutlineActivity[];
}

/** The outline of a whole course. */
export interface Outline {
  readonly title: string;
  readonly organizationIdentifier: string;
  /** `scorm12` or `scorm2004`. */
  readonly standard?: string | undefined;
  readonly activities: readonly OutlineActivity[];
}

const activity: z.ZodType<OutlineActivity> = z.object({
  identifier: z.string(),
  title: z.string(),
  launch: z.object({ href: z.string(), type: z.string() }).optional(),
  get children() {
    return z.array(activity);
  },
});
const outline = z.object({
  title: z.string(),
  organizationIdentifier: z.string(),
  standard: z.string().optional(),
  activities: z.array(activity),
});

/** Reads an outline; undefined when there is none or it is of a form we do not know. */
export function readOutline(json: string): Outline | undefined {
  try {
    return outline.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
