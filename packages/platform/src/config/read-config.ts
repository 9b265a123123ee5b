import { z } from "zod";

/** Every problem of a service's configuration at once, one line each, naming the environment variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/**
 * Reads environment variables by a schema whose keys are the variables' names. Empty variables count as absent.
 * @throws ConfigError with all problems, whole-config checks (`superRefine`) included.
 */
export function readConfig<T extends z.ZodType>(
  schema: T,
  env: Readonly<Record<string, string | undefined>>,
): z.output<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => `${issue.path.join(".") || "configuration"}: ${issue.message}`),
  );
}

/** A TCP port; 0 asks the system for a free one. */
export const port = z.coerce.number("must be a port number").int().min(0).max(65535);

/** `1`, `true`, `yes` or `0`, `false`, `no`. */
export const flag = z
  .string()
  .refine((text) => /^(1|true|yes|0|false|no)$/i.test(text), "must be 1 or 0")
  .transform((text) => /^(1|true|yes)$/i.test(text));

/** A whole number of at least `min`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): z.ZodCoercedNumber {
  return z.coerce.number("must be a number").int("must be a whole number").min(min).max(max);
}

/** Address of a Redis. */
export const redisUrl = z.url({ protocol: /^rediss?$/, error: "must begin with redis:// or rediss://" });
