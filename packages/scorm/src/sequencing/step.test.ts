import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActivityDefinition, ActivityTree } from "./activity-tree.ts";
import { controlStates, tableOfContents } from "./player-controls.ts";
import type { SequencingRequest } from "./request.ts";
import { openSession, prepareCourse, type SequencingSession, saveSession } from "./session.ts";
import { step } from "./step.ts";
import { anyRequest, anyTree } from "./testing/any-course.ts";
import { ValidNavigation } from "./valid-navigation.ts";

const runs = { numRuns: 300 };

function environmentAt(position: number) {
  let state = position + 1;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  return { now: position * 1000, random };
}

function play(tree: ActivityTree, requests: readonly SequencingRequest[]): SequencingSession[] {
  const sessions = [openSession(prepareCourse(tree))];
  requests.forEach((request, at) => {
    sessions.push(step(sessions[at]!, request, environmentAt(at)).session);
  });
  return sessions;
}

describe("a step", () => {
  it("never throws and always ends, whatever is asked of whatever course", () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyRequest, { maxLength: 25 }), (tree, requests) => {
        const session = play(tree, requests).at(-1)!;
        const environment = environmentAt(99);
        const valid = new ValidNavigation(session, environment);
        controlStates(session, valid);
        tableOfContents(session, valid, environment);
      }),
      runs,
    );
  });

  it("leads to the same session every time it is replayed", () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyRequest, { maxLength: 15 }), (tree, requests) => {
        expect(saveSession(play(tree, requests).at(-1)!)).toEqual(saveSession(play(tree, requests).at(-1)!));
      }),
      runs,
    );
  });

  it("leaves the session that it was given as it was", () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyRequest, { maxLength: 15 }), (tree, requests) => {
        let session = openSession(prepareCourse(tree));
        requests.forEach((request, at) => {
          const before = JSON.stringify(saveSession(session));
          const next = step(session, request, environmentAt(at)).session;
          expect(JSON.stringify(saveSession(session))).toBe(before);
          session = next;
        });
      }),
      runs,
    );
  });

  it("goes on from stored JSON as if nothing had been in between", () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyRequest, { maxLength: 15 }), (tree, requests) => {
        let session = openSession(prepareCourse(tree));
        requests.forEach((request, at) => {
          const stored = JSON.parse(JSON.stringify(saveSession(session)));
          session = step(openSession(prepareCourse(tree), stored), request, environmentAt(at)).session;
        });
        expect(saveSession(session)).toEqual(saveSession(play(tree, requests).at(-1)!));
      }),
      runs,
    );
  });

  it("keeps at most one way of active activities, from the root to the current one", () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyRequest, { maxLength: 20 }), (tree, requests) => {
        for (const { course, tracking, currentActivity } of play(tree, requests)) {
          const current = currentActivity === undefined ? undefined : course.activities[currentActivity];
          const way = new Set<number>();
          for (let at = current; at !== undefined; at = at.parent) way.add(at.index);
          const active = course.activities.filter(({ index }) => tracking[index]?.active);
          expect(active.filter(({ index }) => !way.has(index)).map(({ identifier }) => identifier)).toEqual([]);
        }
      }),
      runs,
    );
  });
});

describe("suspending and resuming", () => {
  it("anywhere ends as the uninterrupted run", () => {
    const leaf = (identifier: string): ActivityDefinition => ({ identifier, title: identifier });
    const tree: ActivityTree = {
      edition: "4th",
      root: {
        identifier: "root",
        title: "root",
        sequencing: { controlMode: { flow: true } },
        children: ["a", "b", "c"].map((name) => ({
          ...leaf(name),
          sequencing: { controlMode: { flow: true } },
          children: [1, 2, 3].map((number) => leaf(`${name}${number}`)),
        })),
      },
    };
    const targets = fc.constantFrom("a1", "a2", "b1", "b3", "c2", "c3", "a", "b");
    const moves = fc.oneof(
      fc.constantFrom({ type: "continue" } as const, { type: "previous" } as const),
      targets.map((target) => ({ type: "choice", target }) as const),
    );
    fc.assert(
      fc.property(fc.array(moves, { minLength: 1, maxLength: 12 }), fc.nat(11), (navigations, at) => {
        const whole = navigations.map((navigation) => ({ navigation }));
        const start = { navigation: { type: "start" } } as const;
        const pause = [{ navigation: { type: "suspendAll" } }, { navigation: { type: "resumeAll" } }] as const;
        const before = play(tree, [start, ...whole.slice(0, at)]).at(-1)!;
        // Only where an activity runs is there something to come back to.
        const { currentActivity } = before;
        fc.pre(currentActivity !== undefined && before.tracking[currentActivity]?.active === true);
        const interrupted = play(tree, [start, ...whole.slice(0, at), ...pause, ...whole.slice(at)]).at(-1)!;
        expect(withoutTimes(interrupted)).toEqual(withoutTimes(play(tree, [start, ...whole]).at(-1)!));
      }),
      runs,
    );
  });
});

function withoutTimes(session: SequencingSession): unknown {
  return JSON.parse(
    JSON.stringify(saveSession(session), (key, value) => (/Duration$|^activeSince$/.test(key) ? undefined : value)),
  );
}
