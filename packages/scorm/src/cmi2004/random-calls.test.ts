import { expect, it } from "vitest";
import { elementTable } from "./element-table.ts";
import { lenientPolicy, strictPolicy } from "./policy.ts";
import { ScoSession } from "./sco-session.ts";
import { runSession, someContext } from "./testing/session.ts";

/** The same numbers for the same seed: a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = elementTable.map(({ name }) => name);
const oddNames = [
  "",
  "cmi",
  "cmi.",
  ".",
  "cmi.objectives.0",
  "__proto__",
  "cmi.interactions.0.objectives",
  "adl.data.n.id",
];
const values = [
  "",
  "0",
  "-1",
  "0.5",
  "1e3",
  "completed",
  "passed",
  "unknown",
  "true",
  "choice",
  "numeric",
  "fill-in",
  "performance",
  "a",
  "a[,]b",
  "a[.]b",
  "1[:]2",
  "{order_matters=true}{case_matters=",
  "{lang=en}x",
  "PT1M",
  "2026-11-20T12:00:00",
  "suspend",
  "{target=B}jump",
  "exitAll",
  "\ud800",
  "\0",
];

function play(session: ScoSession, seed: number, count: number): unknown[] {
  const next = numbers(seed);
  const answers: unknown[] = [];
  for (let call = 0; call < count; call++) {
    const pool = next(10) === 0 ? oddNames : names;
    const name = (pool[next(pool.length)] ?? "").replaceAll(".n.", `.${next(3)}.`).replace("{target}", "{target=B}");
    if (next(3) === 0) answers.push(session.get(name), session.error);
    else answers.push(session.set(name, values[next(values.length)] ?? ""), session.error);
  }
  return answers;
}

const context = { ...someContext, activity: { dataMaps: [{ targetId: "t" }, { targetId: "u" }] } };

it.each(
  Array.from({ length: 40 }, (_, seed) => seed),
)("whatever a SCO calls, nothing throws, and a session that was put away and taken up answers as one that was not (seed %d)", (seed) => {
  const terms = { policy: seed % 2 === 0 ? strictPolicy : lenientPolicy };
  const whole = runSession({ terms, context });
  const first = runSession({ terms, context });
  expect(play(first, seed, 300)).toEqual(play(whole, seed, 300));
  const stored = JSON.parse(JSON.stringify({ attempt: first.state(), shared: first.shared() }));
  const second = new ScoSession(stored.attempt, { ...context, shared: stored.shared });
  expect(play(second, seed + 1000, 300)).toEqual(play(whole, seed + 1000, 300));
  expect(JSON.stringify(second.report())).toBe(JSON.stringify(whole.report()));
  expect(JSON.parse(JSON.stringify(second.close()))).toEqual(JSON.parse(JSON.stringify(whole.close())));
  expect(second.shared()).toEqual(whole.shared());
});
