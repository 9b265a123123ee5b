import type { Refusal } from "../session/refusal.ts";
import type { Scene } from "../session/scene.ts";
import type { Words } from "../words/en.ts";
import { calendarDate, resultInWords, timeOfDay } from "../words/format.ts";
import { button, copyButton } from "./buttons.ts";
import { element } from "./element.ts";
import { type GlyphName, glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import { sentence } from "./sentence.ts";

/** A page in the place of the course. */
interface Page {
  readonly heading: string;
  readonly lines?: readonly string[];
  readonly drawing?: GlyphName;
  readonly actions?: readonly Node[];
  /** The heading takes the keyboard; otherwise it is only announced. */
  readonly focus: boolean;
  readonly working?: boolean;
}

/** What a page needs to know besides its scene. */
export interface PageFacts {
  readonly returnUrl: string;
  readonly canOpenContents: boolean;
}

/** The page of a scene; undefined when the course itself is shown. */
export function pageOf(words: Words, scene: Scene, actions: PlayerActions, facts: PageFacts): Page | undefined {
  const back =
    facts.returnUrl === "" ? [] : [element("a", { class: "button button-plain", href: facts.returnUrl }, words.return)];
  switch (scene.kind) {
    case "opening":
      return {
        heading: words.opening(scene.title),
        lines: scene.slow ? [words.slow] : [],
        actions: scene.slow ? [button(words.retry, actions.retryOpen)] : [],
        focus: false,
        working: true,
      };
    case "leaving":
    case "unsaved":
      return { heading: words.leaving, focus: false, working: true };
    case "window":
      return scene.open
        ? {
            heading: words.inOtherWindow(scene.title),
            lines: [words.keepPlayerOpen],
            actions: [button(words.showCourse, actions.openCourse, "primary")],
            focus: false,
          }
        : {
            heading: words.windowClosed,
            actions: [button(words.openCourse, actions.openCourse, "primary")],
            focus: true,
          };
    case "popUpBlocked":
      return {
        heading: words.popUpBlocked,
        actions: [button(words.openCourse, actions.openCourse, "primary")],
        focus: true,
      };
    case "ended":
      return {
        heading: words.ended,
        drawing: endedGlyph(scene.result),
        lines: scene.reviewed
          ? [words.endedReview]
          : [
              words.endedResult(
                resultInWords(words, scene.result),
                scene.savedAt === 0 ? "" : timeOfDay(words, scene.savedAt),
              ),
            ],
        actions: [...primary(back), button(words.openAgain, actions.openAgain)],
        focus: true,
      };
    case "nothing":
      return {
        heading:
          scene.locked && scene.locked.after.length > 0
            ? words.nothingBecause(scene.locked.title, scene.locked.after)
            : words.nothing,
        drawing: "locked",
        actions: facts.canOpenContents ? [button(words.openContents, actions.openContents, "primary")] : back,
        focus: true,
      };
    case "refused":
      return refusalPage(words, scene.refusal, actions, back);
    case "closed":
      return { heading: words.closed, focus: true };
    case "frame":
    case "leaseLost":
      return undefined;
  }
}

function refusalPage(
  words: Words,
  { why, at, code, error }: Refusal,
  actions: PlayerActions,
  back: readonly Node[],
): Page {
  if (why === "over" || why === "unknown")
    return { heading: why === "over" ? words.launchOver : words.launchUnknown, actions: back, focus: true };
  if (why === "failed")
    return {
      heading: words.openFailed,
      lines: [`${words.requestDetails}: ${error.reason}`],
      actions: [
        button(words.retry, actions.retryOpen, "primary"),
        copyButton(words, words.copyDetails, actions.details),
        ...back,
      ],
      focus: true,
    };
  const date = at === undefined ? "" : calendarDate(words, at);
  const heading = {
    full: words.placesTaken,
    ended: words.accessEnded(date),
    notBegun: words.accessStarts(date),
    paused: words.paused,
  }[why];
  return {
    heading,
    lines: code === "" ? [] : [words.contactProvider(code)],
    actions: [...(code === "" ? [] : [copyButton(words, words.copyCode, () => code)]), ...back],
    focus: true,
  };
}

function endedGlyph(result: { readonly success: string; readonly completion: string }): GlyphName {
  if (result.success === "passed" || result.success === "failed") return result.success;
  return result.completion === "complete"
    ? "completed"
    : result.completion === "incomplete"
      ? "incomplete"
      : "notAttempted";
}

function primary(nodes: readonly HTMLElement[]): readonly HTMLElement[] {
  for (const node of nodes) node.classList.replace("button-plain", "button-primary");
  return nodes;
}

/** The page as an element. */
export function drawPage({ heading, lines = [], drawing, actions = [], working = false }: Page): HTMLElement {
  return element(
    "section",
    { class: working ? "page page-working" : "page" },
    ...(drawing ? [glyph(drawing)] : []),
    ...(working ? [element("span", { class: "spinner", "aria-hidden": "true" })] : []),
    element("h2", { tabindex: -1 }, ...sentence(heading)),
    ...lines.map((line) => element("p", {}, ...sentence(line))),
    ...(actions.length > 0 ? [element("div", { class: "page-actions" }, ...actions)] : []),
  );
}
