import type { PlayerModel } from "./player-model.ts";

/** What the banner is about. */
export type Trouble = "offline" | "failing" | "back" | "review";

/** The banner that a model asks for; undefined for none. The worst wins. */
export function bannerOf({ save, justBack, course }: PlayerModel, playing: boolean): Trouble | undefined {
  if (!playing) return undefined;
  if (save.kind === "offline" || save.kind === "failing") return save.kind;
  if (justBack) return "back";
  return course?.reviewing ? "review" : undefined;
}
