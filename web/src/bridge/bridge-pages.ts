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
  /** @param kind of page that the gateway made of it: `refused`, `no-host`, or `trouble`. */
  refused: (words: PageWords, refusal: Refusal, kind: string, again: () => void): Notice => {
    if (kind === "no-host") return { kind, title: words.noHostTitle, text: words.noHostText, support: true };
    const passes = kind === "trouble" || refusal.reason === "SEATS_TAKEN" || refusal.reason === "RATE_LIMITED";
    const said =
      kind === "trouble" ? { title: words.offlineTitle, text: words.troubleText } : refusalWords(refusal, words);
    return {
      kind: kind === "trouble" ? kind : "refused",
      ...said,
      ...(passes && { actions: [{ label: words.tryAgain, act: again }] }),
      support: true,
    };
  },
};
