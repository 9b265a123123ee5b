import { z } from "zod";

/** What the course service is told. */
export const configSchema = z.object({
  /** PostgreSQL, with the role `coursemesh_course`. */
  DATABASE_URL: z.url(),
});

export type CourseConfig = z.output<typeof configSchema>;
