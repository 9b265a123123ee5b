import type { Notice } from "../dispatch-pages/page-view.ts";
import { type Refusal, refusalWords } from "../dispatch-pages/refusal.ts";
import type { PageWords } from "../dispatch-pages/words/en.ts";

/** Cards of the page around the player. */
export const bridgePages = {
  starting: (words: PageWords): Notice => ({
    kind: "starting",
    title: words.starting(""),
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
  /** The code is gone from the address: the page was loaded again. */
  lost: (words: PageWords): Notice => ({ kind: "lost", title: words.lostTitle, text: words.lostText, support: true }),
  invalid: (words: PageWords): Notice => ({ kind: "refused", ...words.refusals.EXCHANGE_INVALID, support: true }),
  revoked: (words: PageWords): Notice => ({
    kind: "revoked",
    title: words.revokedTitle,
    text: words.revokedText,
    support: true,
  }),
  refused: (words: PageWords, refusal: Refusal, again: (() => void) | undefined): Notice => ({
    kind: "refused",
    ...refusalWords(refusal, words),
    ...(again && { actions: [{ label: words.tryAgain, act: again }] }),
    support: true,
  }),
};
