import type { PlayerModel } from "./player-model.ts";

/** What the banner is about. */
export type Trouble = "offline" | "failing" | "notice" | "finished" | "back" | "review";

/** The banner that a model asks for; undefined for none. The worst wins. */
export function bannerOf({ save, notice, justBack, course }: PlayerModel, playing: boolean): Trouble | undefined {
  if (!playing) return undefined;
  if (save.kind === "offline" || save.kind === "failing") return save.kind;
  if (notice) return notice.kind === "partFinished" ? "finished" : "notice";
  if (justBack) return "back";
  return course?.reviewing ? "review" : undefined;
}
