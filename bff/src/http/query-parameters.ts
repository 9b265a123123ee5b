import { type Timestamp, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";

/** Reads query parameters by type. Every reader throws FIELD_INVALID naming the parameter when its text is not of that type. */
export interface QueryParameters {
  /** All of them, as they came. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Undefined when absent or empty. */
  text(name: string): string | undefined;
  /** False when absent. */
  flag(name: string): boolean;
  /** A whole number from 0 up. */
  count(name: string): number | undefined;
  /** ISO 8601. */
  time(name: string): Timestamp | undefined;
  /** Separated by commas, or given more than once. */
  list(name: string): string[];
  /** One of some texts, in whatever case. */
  choice<Choice extends string>(name: string, choices: readonly Choice[], absent: Choice): Choice;
}

export function queryParameters(query: unknown): QueryParameters {
  const raw = (query ?? {}) as Record<string, unknown>;
  const text = (name: string): string | undefined => {
    const value = raw[name];
    const first: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof first === "string" && first !== "" ? first : undefined;
  };
  return {
    raw,
    text,
    flag(name) {
      const value = text(name)?.toLowerCase() ?? "false";
      if (value !== "true" && value !== "false") throw fieldInvalid(name, "must be true or false");
      return value === "true";
    },
    count(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,15}$/.test(value)) throw fieldInvalid(name, "must be a whole number");
      return Number(value);
    },
    time(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      const time = new Date(value);
      if (Number.isNaN(time.getTime())) throw fieldInvalid(name, "must be a time in ISO 8601");
      return timestampFromDate(time);
    },
    list(name) {
      const value = raw[name];
      const all = Array.isArray(value) ? value : [value];
      return all.flatMap((one) => (typeof one === "string" ? one.split(",") : [])).filter((one) => one !== "");
    },
    choice(name, choices, absent) {
      const value = text(name);
      if (value === undefined) return absent;
      const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
      if (found === undefined) throw fieldInvalid(name, `must be one of ${choices.join(", ")}`);
      return found;
    },
  };
}
