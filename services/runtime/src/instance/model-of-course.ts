import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceModel } from "./instance-model.ts";
import { scorm12Model } from "./scorm12-model.ts";
import { scorm2004Model } from "./scorm2004-model.ts";

const models = new WeakMap<CourseOutline, InstanceModel>();

/** The model of a course's standard. */
export function modelOfCourse(outline: CourseOutline): InstanceModel {
  let model = models.get(outline);
  if (model === undefined) {
    model = outline.standard === "scorm2004" ? scorm2004Model(outline) : scorm12Model(outline);
    models.set(outline, model);
  }
  return model;
}
