import { describe, expect, it } from "vitest";
import { momentOf } from "./moment-of.ts";

const [first, second] = ["01960000-0000-7000-8000-000000000001", "01960000-0000-7000-8000-000000000002"];
const step = (revision: number, launchId: string, seq: number) => ({ revision: BigInt(revision), launchId, seq });
const steps = [step(1, first, 1), step(2, first, 9), step(3, second, 1)];

describe("where a replay stops", () => {
  it("is the end when nothing is said", () => expect(momentOf(steps, undefined)).toEqual({ steps: 3 }));

  it("is a step with its call", () =>
    expect(momentOf(steps, "2")).toEqual({ call: { launchId: first, seq: 9 }, steps: 2 }));

  it("is a call with the steps before it", () => {
    expect(momentOf(steps, `${first}:8`)).toEqual({ call: { launchId: first, seq: 8 }, steps: 1 });
    expect(momentOf(steps, `${second}:0`).steps).toBe(2);
    expect(momentOf([], `${first}:8`).steps).toBe(0);
  });

  it("is refused for a step that there is not", () =>
    expect(() => momentOf(steps, "4")).toThrow("there is no step 4; steps: 1 to 3"));
});
