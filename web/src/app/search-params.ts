import { z } from "zod";

/** A parameter that is wrong is as if it were not there: an old or hand-made address still opens its page. */
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

export const signInSearch = z.object({ to: text });

export const coursesSearch = z.object({
  q: text,
  tags: z.array(z.string()).optional().catch(undefined),
  order: z.enum(["updated", "title", "created"]).optional().catch(undefined),
  archived: flag,
});

export const registrationsSearch = z.object({
  q: text,
  course: text,
  learner: text,
  completion: z.enum(["not_attempted", "incomplete", "complete", "unknown"]).optional().catch(undefined),
  success: z.enum(["unknown", "passed", "failed"]).optional().catch(undefined),
  launched: flag,
  create: flag,
});

export const registrationSearch = z.object({ try: text });

export const journalSearch = z.object({
  try: text,
  at: text,
  launch: text,
  activity: text,
  setOnly: flag,
  errors: flag,
  text,
  full: flag,
});

export const importSearch = z.object({ severity: z.enum(["error", "warning", "note"]).optional().catch(undefined) });

export const settingsSearch = z.object({
  q: text,
  show: z.enum(["all", "changed", "inherited"]).optional().catch(undefined),
});

export const querySearch = z.object({ q: text });
