import type { ActivityDefinition, ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { FailedStep } from "../../suite-result.ts";
import type { Case, CaseCall, CaseLaunch, CaseQuestion } from "../case-form.ts";
import { type CaseNote, caseNotes } from "../case-notes.ts";
import { judgeCall } from "../make-call.ts";
import { endsSession, type TesterControl, testerAct } from "../tester-act.ts";
import type { Outcome, PlayerPage } from "./player-page.ts";
import type { OpenSco } from "./sco-desk.ts";

/** A package of a case in the product, with a registration of its own. */
export interface CaseCourse {
  readonly tree: ActivityTree;
  /** A new address at which the registration is launched. */
  launchLink(): Promise<string>;
}

/** Plays one case through the player; `courses` by name of package, the first one launched first. */
export async function playCaseInBrowser(played: Case, courses: ReadonlyMap<string, CaseCourse>, player: PlayerPage) {
  const tester = new BrowserTester(played, courses, player);
  await tester.play();
  const { steps, failures, disputed } = tester;
  return { steps, failures, disputed };
}

class BrowserTester {
  steps = 0;
  readonly failures: FailedStep[] = [];
  readonly disputed: FailedStep[] = [];
  readonly #case: Case;
  readonly #note: CaseNote | undefined;
  readonly #courses: ReadonlyMap<string, CaseCourse>;
  readonly #player: PlayerPage;
  readonly #visits = new Map<string, number>();
  #course: CaseCourse;

  constructor(played: Case, courses: ReadonlyMap<string, CaseCourse>, player: PlayerPage) {
    const [first] = courses.values();
    if (first === undefined) throw new Error(`${played.name} has no package`);
    this.#case = played;
    this.#note = caseNotes[played.name];
    this.#courses = courses;
    this.#course = first;
    this.#player = player;
  }

  async play(): Promise<void> {
    const { start, launches } = this.#case;
    let outcome = await this.#launch(launches[0], start === "." ? undefined : start);
    for (const [at, launch] of launches.entries()) {
      if (at + 1 === this.#note?.leftOut) {
        const expected = `activity ${launch.activity}`;
        this.disputed.push({ call: `launch ${at + 1}`, expected, got: "left out", why: this.#note.reason });
        continue;
      }
      const sco = this.#delivered(launch, at, outcome);
      if (sco === undefined) return;
      for (const question of launch.ui) await this.#ask(question, at);
      await this.#runSco(sco, launch, at);
      outcome = await this.#leave(launch, launches[at + 1]);
    }
    if (endsSession(this.#case)) this.#compare("the session after the last launch", "over", outcome.kind);
  }

  #delivered({ activity, visit }: CaseLaunch, at: number, outcome: Outcome): OpenSco | undefined {
    const call = `launch ${at + 1}`;
    const isIt = outcome.kind === "sco" && outcome.sco.activity === activity;
    if (!isIt || outcome.sco.page === "SequencingTestFail.htm") {
      const got = outcome.kind === "sco" ? `activity ${outcome.sco.activity}` : JSON.stringify(outcome).slice(0, 300);
      this.#fail(call, `activity ${activity}`, got);
      return undefined;
    }
    const visits = (this.#visits.get(activity) ?? 0) + 1;
    this.#visits.set(activity, visits);
    if (visits !== visit) {
      const why = this.#note?.reason ?? "the number of deliveries";
      this.disputed.push({ call, expected: `visit ${visit}`, got: `visit ${visits}`, why });
    }
    this.steps += 1;
    return outcome.sco;
  }

  async #runSco(sco: OpenSco, { calls }: CaseLaunch, at: number): Promise<void> {
    const answers = await sco.play(at);
    for (const [index, call] of calls.entries()) {
      this.steps += 1;
      const failure = judgeCall(call, answers[index] ?? { element: call.element ?? "", got: "no answer", error: "" });
      if (failure) this.failures.push({ ...failure, call: `launch ${at + 1} call ${index + 1} ${failure.call}` });
    }
  }

  async #ask({ device, state, target, expect }: CaseQuestion, at: number): Promise<void> {
    const name = `launch ${at + 1} ${device} ${target ?? ""} ${state}`;
    if (device === "continue" || device === "previous") {
      // A control that is not there cannot be used either: "disabled" holds for it.
      this.#compare(name, expect, (await this.#player.isUsable(device)) === (state === "enabled"));
      return;
    }
    const entries = await this.#player.choosable();
    // The table of contents as a whole: whether anything else can be chosen in it.
    const got = entries.some(({ activity, current }) =>
      target === undefined ? !current : activity === this.#identifierOf(target),
    );
    this.#compare(name, expect, got);
  }

  async #leave({ then, calls }: CaseLaunch, next: CaseLaunch | undefined): Promise<Outcome> {
    const act = testerAct(then);
    let outcome: Outcome = { kind: "choosing" };
    if (act.control) {
      await this.#use(act.control);
      outcome = await this.#player.outcome();
    } else if (calls.some(leadsOn)) {
      outcome = await this.#player.outcome();
    }
    if (act.thenRoot) {
      await this.#player.choose(this.#course.tree.root.identifier);
      outcome = await this.#player.outcome(outcome.kind);
    }
    if (outcome.kind === "trouble") this.#fail(`after ${then || "its own request"}`, "an outcome", outcome.what);
    if (act.over) this.#compare(`${then}: the session`, "over", outcome.kind);
    if (next === undefined || act.relaunch === undefined) return outcome;
    if (outcome.kind !== "over") {
      await this.#player.press("exitAll");
      await this.#player.outcome(outcome.kind);
    }
    this.#course = this.#courses.get(act.relaunch.package) ?? this.#course;
    return this.#launch(next);
  }

  /** Launches the course; where its table of contents comes first, opens the activity with the title or else the one that must run. */
  async #launch(first: CaseLaunch | undefined, title?: string): Promise<Outcome> {
    const outcome = await this.#player.launch(await this.#course.launchLink());
    if (outcome.kind !== "choosing") return outcome;
    const chosen = title === undefined ? this.#numbered(first?.activity ?? "") : this.#identifierOf(title);
    await this.#player.choose(chosen);
    return this.#player.outcome("choosing");
  }

  #use(control: TesterControl): Promise<void> {
    if (control.type !== "choice") return this.#player.press(control.type);
    return this.#player.choose(this.#identifierOf(control.title));
  }

  #numbered(number: string): string {
    const isIt = new RegExp(`[?&]act=${number}(&|$)`);
    const found = activitiesOf(this.#course.tree.root).find(({ resource }) => isIt.test(resource?.href ?? ""));
    return found?.identifier ?? number;
  }

  #identifierOf(title: string): string {
    const { root } = this.#course.tree;
    if (title.startsWith("the activity that corresponds to the root")) return root.identifier;
    return activitiesOf(root).find((activity) => activity.title === title)?.identifier ?? title;
  }

  #compare(call: string, expected: unknown, got: unknown): void {
    this.steps += 1;
    if (expected !== got) this.#fail(call, String(expected), String(got));
  }

  #fail(call: string, expected: string, got: string): void {
    this.failures.push({ call, expected, got, why: this.#case.about });
  }
}

/** Whether a SCO that made this call does not leave it to the learner what comes after its end (RTE 4.2.8, 4.4.1). */
function leadsOn({ element, value, error }: CaseCall): boolean {
  if (error !== 0) return false;
  return element === "adl.nav.request" || (element === "cmi.exit" && /^(time-out|logout)$/.test(value ?? ""));
}

function activitiesOf(activity: ActivityDefinition): ActivityDefinition[] {
  return [activity, ...(activity.children ?? []).flatMap(activitiesOf)];
}
