import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalCall } from "../journal/journal-call.ts";
import { anyTree } from "../sequencing/testing/any-course.ts";
import { courseResult2004 } from "./course-result.ts";
import { foldJournal2004 } from "./fold-journal.ts";
import { emptyInstance2004, type Instance2004State } from "./instance-state.ts";
import { flowTree, launchOf, outlineOf, scoOf } from "./testing/course.ts";
import { Play } from "./testing/play.ts";
import { TestSequencer } from "./testing/sequencer.ts";

const throughJson = <T>(plain: T): T => JSON.parse(JSON.stringify(plain));

const element = fc.constantFrom(
  "cmi.completion_status",
  "cmi.success_status",
  "cmi.score.scaled",
  "cmi.exit",
  "cmi.session_time",
  "cmi.suspend_data",
  "cmi.objectives.0.id",
  "cmi.interactions.0.id",
  "adl.nav.request",
  "adl.nav.request_valid.continue",
  "adl.data.0.store",
  "cmi.learner_id",
  "cmi",
);
const value = fc.constantFrom(
  ...["", "completed", "incomplete", "passed", "failed", "0.5", "suspend", "logout", "PT1M"],
  ...["continue", "previous", "exitAll", "{target=A2}choice", "abandon", "a", "x".repeat(300)],
);
const navigation = fc.constantFrom(
  ...["continue", "continue", "previous", "choice", "jump", "exit", "exitAll", "suspendAll", "abandon", "abandonAll"],
  ...["closed", "start", "resumeAll", "forward", ""],
);
const act = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("SetValue"), element, value) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("GetValue"), element, value) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("Initialize"), element, fc.constantFrom("", "", "x")) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("Terminate"), element, fc.constantFrom("", "", "x")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("Commit"), element, fc.constant("")) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("Navigate"), navigation, fc.constantFrom("A1", "A2", "A3", "B7")) },
  // The learner is gone and comes again.
  { weight: 1, arbitrary: fc.tuple(fc.constant("Launch"), element, fc.constant("")) },
);
const acts = fc.array(act, { maxLength: 40 });

function perform({ api }: Play, [kind, name, text]: readonly [string, string, string]): void {
  const { Initialize, Terminate, SetValue, GetValue, Commit } = api.api;
  if (kind === "SetValue") SetValue(name, text);
  else if (kind === "GetValue") GetValue(name);
  else if (kind === "Initialize") Initialize(text);
  else if (kind === "Terminate") Terminate(text);
  else if (kind === "Commit") Commit(text);
  else api.navigate(name, text);
}

interface Launched {
  readonly id: string;
  readonly calls: readonly JournalCall[];
}

/** Goes through a course in a player, launch after launch, each ended as for a closed window. */
function run(tree: Parameters<typeof outlineOf>[0], script: readonly (readonly [string, string, string])[]) {
  const outline = outlineOf(tree);
  const sequencer = new TestSequencer(outline);
  const launches: Launched[] = [];
  let state: Instance2004State = emptyInstance2004;
  const next = () => {
    const id = `L${launches.length + 1}`;
    const play = new Play(outline, launchOf(id), state, sequencer);
    launches.push({ id, calls: play.calls });
    play.navigate("start");
    return play;
  };
  let play = next();
  for (const it of script) {
    if (it[0] === "Launch") {
      play.navigate("closed");
      state = throughJson(play.api.state());
      play = next();
    } else {
      perform(play, it);
      play.hear();
    }
  }
  return { outline, sequencer, launches, state: throughJson(play.api.state()) };
}

const course = flowTree([scoOf("A1", { dataMaps: [{ targetId: "t" }] }), scoOf("A2"), scoOf("A3")]);
const anyCourse = fc.oneof(fc.constant(course), anyTree);

describe("the fold of a SCORM 2004 journal", () => {
  it("comes to what the player came to, whatever was done in whatever course, and never throws", () => {
    fc.assert(
      fc.property(anyCourse, acts, (tree, script) => {
        const { outline, sequencer, launches, state } = run(tree, script);
        let folded: Instance2004State = emptyInstance2004;
        for (const { id, calls } of launches) {
          const answers = sequencer.answers.filter(({ launch }) => launch === id);
          const { state: next, differences } = foldJournal2004(outline, launchOf(id), folded, calls, answers);
          expect(differences).toEqual([]);
          folded = next;
        }
        expect(throughJson(folded)).toEqual(state);
        courseResult2004(outline, folded);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same in pieces, stored between them, with each answer as late as it can be", () => {
    fc.assert(
      fc.property(anyCourse, acts, fc.nat(5), (tree, script, size) => {
        const { outline, sequencer, launches, state } = run(tree, script);
        let folded: Instance2004State = emptyInstance2004;
        for (const { id, calls } of launches) {
          const fold = (some: readonly JournalCall[], answers = sequencer.answers.slice(0, 0)) => {
            folded = throughJson(foldJournal2004(outline, launchOf(id), folded, some, answers).state);
          };
          for (let at = 0; at < calls.length; ) {
            // A Navigate is the last call of a piece: nothing may follow it before its answer.
            const navigate = calls.findIndex(({ method }, index) => index >= at && method === "Navigate");
            const end = Math.min(at + size + 1, navigate < 0 ? calls.length : navigate + 1);
            fold(calls.slice(at, end));
            at = end;
            const { unanswered } = folded;
            if (unanswered !== undefined && (unanswered.navigation !== undefined || at === calls.length)) {
              fold([], [sequencer.ask(id, unanswered)]);
            }
          }
        }
        expect({ ...folded, answer: folded.answer?.state }).toEqual({ ...state, answer: state.answer?.state });
      }),
      { numRuns: 100 },
    );
  });

  it("asks again for exactly what was lost, wherever everything stopped", () => {
    fc.assert(
      fc.property(acts, fc.nat(60), (script, stop) => {
        const { outline, sequencer, launches } = run(course, script);
        const { id, calls } = launches[0] ?? { id: "", calls: [] };
        const asked = sequencer.answers.length;
        const before = calls.slice(0, stop);
        const { seq = 0 } = before.at(-1) ?? {};
        const known = sequencer.answers.filter((answer) => answer.launch === id && answer.seq < seq);
        let { state } = foldJournal2004(outline, launchOf(id), emptyInstance2004, before, known);
        if (state.unanswered !== undefined) {
          const answer = sequencer.ask(id, throughJson(state.unanswered));
          state = foldJournal2004(outline, launchOf(id), throughJson(state), [], [answer]).state;
        }
        expect(sequencer.answers).toHaveLength(asked);
        const rest = sequencer.answers.filter((answer) => answer.launch === id && answer.seq > seq);
        const healed = foldJournal2004(outline, launchOf(id), state, calls, rest).state;
        const all = sequencer.answers.filter((answer) => answer.launch === id);
        const whole = foldJournal2004(outline, launchOf(id), emptyInstance2004, calls, all).state;
        expect(throughJson(healed)).toEqual(throughJson(whole));
      }),
      { numRuns: 100 },
    );
  });

  it("does not go on over a missing call", () => {
    const call = { at: 1, activity: "", method: "Navigate", element: "start", value: "", result: "true", error: "0" };
    const calls = [{ ...call, seq: 2 }] as JournalCall[];
    expect(() => foldJournal2004(outlineOf(course), launchOf("L1"), emptyInstance2004, calls, [])).toThrow(RangeError);
  });

  it("answers what the delivered activity cannot be asked with a refusal that changes nothing", () => {
    const { outline, launches, sequencer } = run(course, []);
    const [start] = launches[0]?.calls ?? [];
    const call = {
      seq: 2,
      at: 1,
      activity: "A3",
      method: "Initialize",
      element: "",
      value: "",
      result: "true",
      error: "0",
    };
    const calls = [start, call] as JournalCall[];
    const { state, differences } = foldJournal2004(
      outline,
      launchOf("L1"),
      emptyInstance2004,
      calls,
      sequencer.answers,
    );
    expect(differences).toMatchObject([{ seq: 2, answered: { result: "false", error: "101" } }]);
    expect(state).toMatchObject({ current: "A1", seq: 2 });
    expect(Object.keys(state.attempts)).toEqual(["A1"]);
  });
});
