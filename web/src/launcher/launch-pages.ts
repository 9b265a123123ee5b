import type { Notice, PageAction } from "../dispatch-pages/page-view.ts";
import { type Refusal, refusalWords } from "../dispatch-pages/refusal.ts";
import type { PageWords } from "../dispatch-pages/words/en.ts";

/** Cards of the package's page. */
export const launchPages = {
  starting: (words: PageWords, title: string): Notice => ({
    kind: "starting",
    title: words.starting(title),
    text: words.startingText,
    busy: true,
  }),
  offline: (words: PageWords, seconds: number, tryNow: () => void): Notice => ({
    kind: "offline",
    title: words.offlineTitle,
    text: words.offlineText(seconds),
    hint: words.offlineHint,
    actions: [{ label: words.tryNow, act: tryNow }],
    support: true,
  }),
  damaged: (words: PageWords): Notice => ({
    kind: "damaged",
    title: words.damagedTitle,
    text: words.damagedText,
    support: true,
  }),
  noHost: (words: PageWords): Notice => ({
    kind: "no-host",
    title: words.noHostTitle,
    text: words.noHostText,
    support: true,
  }),
  hostRefused: (words: PageWords, tryAgain: () => void): Notice => ({
    kind: "host-refused",
    title: words.hostRefusedTitle,
    text: words.hostRefusedText,
    actions: [{ label: words.tryAgain, act: tryAgain }],
    support: true,
  }),
  refused: (words: PageWords, refusal: Refusal, tryAgain: () => void): Notice => ({
    kind: "refused",
    ...refusalWords(refusal, words),
    // Others leave, and waves pass; the rest does not change by asking again.
    ...(refusal.reason === "SEATS_TAKEN" || refusal.reason === "RATE_LIMITED"
      ? { actions: [{ label: words.tryAgain, act: tryAgain }] }
      : {}),
    support: true,
  }),
  failed: (words: PageWords): Notice => ({
    kind: "failed",
    title: words.failedTitle,
    text: words.failedText,
    support: true,
  }),
  openWindow: (words: PageWords, title: string, open: () => void, blocked: boolean): Notice => ({
    kind: "open-window",
    title: words.windowTitle(title),
    text: blocked ? words.blocked : words.windowText,
    actions: [{ label: words.openCourse, act: open }],
  }),
  inWindow: (words: PageWords, show: () => void): Notice => ({
    kind: "in-window",
    title: words.inWindowTitle,
    text: words.inWindowText,
    actions: [{ label: words.showCourse, act: show }],
  }),
  windowClosed: (words: PageWords, open: () => void): Notice => ({
    kind: "window-closed",
    title: words.windowClosedTitle,
    text: words.windowClosedText,
    actions: [{ label: words.openCourse, act: open }],
  }),
  ended: (words: PageWords, taken: boolean, close: PageAction | undefined): Notice => ({
    kind: "ended",
    title: words.endedTitle,
    text: taken ? words.endedText : words.endedUntoldText,
    ...(close && { actions: [close] }),
  }),
  revoked: (words: PageWords): Notice => ({
    kind: "revoked",
    title: words.revokedTitle,
    text: words.revokedText,
    support: true,
  }),
  gone: (words: PageWords): Notice => ({ kind: "gone", title: words.goneTitle, text: words.goneText }),
};
