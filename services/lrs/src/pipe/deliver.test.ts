import fc from "fast-check";
import { expect, it } from "vitest";
import { deliver } from "./deliver.ts";
import type { Verdict } from "./judge-answer.ts";
import type { OutgoingStatement } from "./read-ahead.ts";

const listOf = (count: number): OutgoingStatement[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, position: index, json: "{}", attachments: [] }));
const later: Verdict = { kind: "later", status: 500, error: "no" };

it("finds what a target refuses and delivers the rest, in order, whatever fails when", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 39 })),
      fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
      async (count, poison, failsAt) => {
        const statements = listOf(count);
        const sent: string[] = [];
        let requests = 0;
        const {
          done,
          accepted,
          refusals,
          later: rest,
        } = await deliver(statements, async (some) => {
          requests += 1;
          if (failsAt !== undefined && requests > failsAt) return later;
          if (some.some(({ position }) => poison.includes(position)))
            return { kind: "refused", status: 400, error: "" };
          sent.push(...some.map(({ id }) => id));
          return { kind: "accepted" };
        });
        // What is done is a beginning, and every statement in it went one of two ways.
        const beginning = statements.slice(0, done);
        expect(accepted).toEqual(beginning.filter(({ position }) => !poison.includes(position)));
        expect(refusals.map(({ statementId }) => statementId)).toEqual(
          beginning.filter(({ position }) => poison.includes(position)).map(({ id }) => id),
        );
        expect(sent).toEqual(accepted.map(({ id }) => id));
        expect(rest === undefined).toBe(done === count);
      },
    ),
    { numRuns: 200 },
  );
});

it("asks once for what is wanted, and for one bad statement of 64 not more than twice for each halving", async () => {
  let requests = 0;
  const count = async (bad: number): Promise<number> => {
    requests = 0;
    await deliver(listOf(64), async (some) => {
      requests += 1;
      return some.some(({ position }) => position === bad)
        ? { kind: "refused", status: 400, error: "" }
        : { kind: "accepted" };
    });
    return requests;
  };
  expect([await count(-1), await count(63)]).toEqual([1, 13]);
});
