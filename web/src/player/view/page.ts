import type { Refusal } from "../session/refusal.ts";
import type { Scene } from "../session/scene.ts";
import type { Because } from "../session/turn.ts";
import type { Words } from "../words/en.ts";
import { calendarDate, resultInWords, timeOfDay } from "../words/format.ts";
import { reasonInWords } from "../words/reason-in-words.ts";
import { button, copyButton } from "./buttons.ts";
import { element } from "./element.ts";
import { type GlyphName, glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import { plain, sentence } from "./sentence.ts";

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
  /** Whether Next leads somewhere. */
  readonly canGoOn: boolean;
  readonly offline: boolean;
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
    case "going":
      if (scene.stuck && !facts.offline)
        return {
          heading: words.stuck,
          lines: [words.stuckSaved],
          actions: [button(words.tryNow, actions.tryNow, "primary"), ...back],
          focus: true,
        };
      return {
        heading: words.going,
        lines: facts.offline ? [words.goingOffline] : scene.slow ? [words.slow] : [],
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
      return endedPage(words, scene, actions, back);
    case "nothing":
      return nothingPage(words, scene.reason, actions, facts, back);
    case "notPossible":
      return {
        heading: words.notPossible,
        lines: scene.reason.kind === "waitsFor" ? [] : [reasonInWords(words, scene.reason)],
        drawing: "locked",
        actions: [
          ...(scene.title === "" ? [] : [button(plain(words.backTo(scene.title)), actions.goBack, "primary")]),
          ...(facts.canOpenContents ? [button(words.openContents, actions.openContents)] : []),
        ],
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

function endedPage(
  words: Words,
  { how, result, savedAt, reviewed }: Scene & { readonly kind: "ended" },
  actions: PlayerActions,
  back: readonly HTMLElement[],
): Page {
  const suspended = how === "suspended";
  const verdict = resultInWords(words, result);
  const time = savedAt === 0 ? "" : timeOfDay(words, savedAt);
  const again = button(
    suspended ? words.goOn : words.openAgain,
    actions.openAgain,
    suspended && back.length === 0 ? "primary" : "plain",
  );
  const line = suspended ? words.suspendedResult(verdict, time) : words.endedResult(verdict, time);
  return {
    heading: suspended ? words.suspended : words.ended,
    drawing: endedGlyph(result),
    lines: [reviewed ? words.endedReview : line],
    actions: [...primary(back), again],
    focus: true,
  };
}

function nothingPage(
  words: Words,
  reason: Because,
  actions: PlayerActions,
  { canOpenContents, canGoOn }: PageFacts,
  back: readonly Node[],
): Page {
  const ways = [
    ...(canGoOn ? [button(words.next, actions.next, "primary")] : []),
    ...(canOpenContents ? [button(words.openContents, actions.openContents, canGoOn ? "plain" : "primary")] : []),
  ];
  const page = { drawing: "locked", actions: [...ways, ...back], focus: true } as const;
  if (reason.kind === "chooseNext" && ways.length > 0) {
    return { ...page, heading: words.chooseWhatNext, drawing: "contents" };
  }
  if (reason.kind === "waitsFor") return { ...page, heading: words.nothingBecause(reason.title, reason.titles) };
  return { ...page, heading: words.nothing, lines: reason.kind === "unknown" ? [] : [reasonInWords(words, reason)] };
}

function refusalPage(
  words: Words,
  { why, at, code, error }: Refusal,
  actions: PlayerActions,
  back: readonly Node[],
): Page {
  if (why === "over" || why === "unknown")
    return { heading: why === "over" ? words.launchOver : words.launchUnknown, actions: back, focus: true };
  if (why === "left")
    return { heading: words.ended, actions: [...back, button(words.openAgain, actions.openAgain)], focus: true };
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
