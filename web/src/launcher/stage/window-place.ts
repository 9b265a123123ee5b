import type { CoursePlace } from "./course-place.ts";

/** The course in a window of its own, opened by a click. */
export interface WindowPlace extends CoursePlace {
  /** Goes to the bridge's address, which may come only after the window was opened. */
  readonly go: (address: string) => void;
}

const pollEvery = 400;

/**
 * Opens an empty window at once, because browsers let only a click do that; undefined when this one does not.
 * @param onClosed the learner closed it.
 */
export function openWindowPlace(width: number, height: number, onClosed: () => void): WindowPlace | undefined {
  const size = [
    `width=${Math.min(screen.availWidth, width || 1_280)}`,
    `height=${Math.min(screen.availHeight, height || 900)}`,
  ];
  // The name is new each time, so that no other window is taken over. Without `noopener`: the bridge answers its opener.
  const opened = window.open("", `coursemesh-${Date.now()}`, ["popup", ...size].join(","));
  if (opened === null) return undefined;
  const watch = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(watch);
    onClosed();
  }, pollEvery);
  return {
    window: () => (opened.closed ? undefined : opened),
    go: (address) => opened.location.replace(address),
    close: () => {
      clearInterval(watch);
      opened.close();
    },
    focus: () => opened.focus(),
  };
}
