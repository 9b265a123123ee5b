import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError, flag, integer, port, readConfig } from "./read-config.ts";

const schema = z
  .object({
    PORT: port.default(3000),
    SECRET: z.string().min(32, "must have at least 32 characters"),
    LIMITS: flag.default(true),
    SIZE: integer(1).default(5),
  })
  .superRefine((config, context) => {
    if (config.LIMITS && config.SIZE > 100)
      context.addIssue({ code: "custom", path: ["SIZE"], message: "must be at most 100 while LIMITS is on" });
  });
const secret = "s".repeat(32);

describe("readConfig", () => {
  it("fills in defaults and reads numbers and flags from text", () => {
    expect(readConfig(schema, { SECRET: secret, PORT: "0", LIMITS: "no", SIZE: "" })).toEqual({
      PORT: 0,
      SECRET: secret,
      LIMITS: false,
      SIZE: 5,
    });
  });

  it("reports every problem at once, by variable", () => {
    const attempt = () => readConfig(schema, { PORT: "99999", LIMITS: "maybe", SIZE: "x" });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/PORT[\s\S]*SECRET[\s\S]*LIMITS: must be 1 or 0[\s\S]*SIZE: must be a number/);
  });

  it("runs checks over the whole configuration", () => {
    expect(() => readConfig(schema, { SECRET: secret, SIZE: "101" })).toThrow(
      /SIZE: must be at most 100 while LIMITS is on/,
    );
  });
});
