import { element } from "../../player/view/element.ts";
import { type CoursePlace, FRAME_PERMISSIONS } from "./course-place.ts";

/** The course in a frame of the page. */
export function framePlace(address: string, title: string, show: (frame: HTMLIFrameElement) => void): CoursePlace {
  const frame = element("iframe", { title, allow: FRAME_PERMISSIONS, src: address });
  show(frame);
  return {
    window: () => frame.contentWindow,
    close: () => frame.remove(),
    focus: () => frame.focus(),
  };
}
