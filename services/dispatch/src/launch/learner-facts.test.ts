import { create } from "@bufbuild/protobuf";
import { HostLearnerSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { describe, expect, it } from "vitest";
import { learnerKeyOf, readName, storedLearner } from "./learner-facts.ts";

const key = Buffer.alloc(32, 7);
const place = { tenantId: "t", destinationId: "d", destination: "acme" };
const jane = create(HostLearnerSchema, { id: "jane", name: "Doe, Jane", email: "jane@lms.example" });

describe("what is stored of a learner", () => {
  it("is what the host says, with the customer's name before the id", () => {
    const stored = storedLearner(key, place, jane, { hashLearner: false, tracked: true });
    expect(stored).toMatchObject({ id: "jane", name: "Doe, Jane", email: "jane@lms.example" });
    expect(stored.runtime).toEqual({ id: "acme/jane", firstName: "Jane", lastName: "Doe", email: "jane@lms.example" });
  });

  it.each([
    { hashLearner: true, tracked: true },
    { hashLearner: false, tracked: false },
  ])("says nothing of who it is with %j", (rules) => {
    const stored = storedLearner(key, place, jane, rules);
    expect(JSON.stringify(stored)).not.toMatch(/jane|doe/i);
    expect(stored.runtime.id).toBe(stored.key);
    expect(storedLearner(key, place, jane, rules)).toEqual(stored);
  });

  it("finds the same learner again by hashes that another key does not give", () => {
    const rules = { hashLearner: true, tracked: true };
    const other = create(HostLearnerSchema, { ...jane, name: " doe, JANE" });
    expect(storedLearner(key, place, other, rules).name).toBe(storedLearner(key, place, jane, rules).name);
    expect(storedLearner(Buffer.alloc(32, 8), place, jane, rules).name).not.toBe(
      storedLearner(key, place, jane, rules).name,
    );
  });

  it("keeps ids of the runtime within their length", () => {
    const long = create(HostLearnerSchema, { id: "x".repeat(255) });
    const stored = storedLearner(key, place, long, { hashLearner: false, tracked: true });
    expect([stored.id.length, stored.runtime.id]).toEqual([255, stored.key]);
    expect(readName(`${"a".repeat(300)} b`).firstName).toHaveLength(255);
  });

  it("gives the runtime no address that is none", () => {
    const odd = create(HostLearnerSchema, { ...jane, email: "n/a" });
    const stored = storedLearner(key, place, odd, { hashLearner: false, tracked: true });
    expect([stored.email, stored.runtime.email]).toEqual(["n/a", ""]);
  });
});

it("tells learners of two customers and two organizations apart", () => {
  const keys = [place, { ...place, tenantId: "u" }, { ...place, destinationId: "e" }].map((it) =>
    learnerKeyOf(key, it, "jane"),
  );
  expect(new Set(keys).size).toBe(3);
  expect(keys[0]).toMatch(/^[\w-]{43}$/);
});

it.each([
  ["Doe, Jane", "Jane", "Doe"],
  ["Doe, Jane, Dr.", "Jane, Dr.", "Doe"],
  ["Jane van Doe", "Jane van", "Doe"],
  ["Jane", "", "Jane"],
  ["", "", ""],
])("reads %j as a name", (name, firstName, lastName) => expect(readName(name)).toEqual({ firstName, lastName }));
