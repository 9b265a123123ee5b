import { create } from "@bufbuild/protobuf";
import { type SettingRow, SettingRowSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";

/** Settings as a course sees them; `course` set one, the organization another. */
export function settingsOf(courseId: string): SettingRow[] {
  const here = courseId === "" ? "organization" : "course";
  const row = (
    id: string,
    type: string,
    defaultValue: string,
    more: { value?: string; source?: string; choices?: string[]; minimum?: number; maximum?: number } = {},
  ) =>
    create(SettingRowSchema, {
      id,
      group: id.split(".")[0] ?? "",
      type,
      defaultValue,
      value: more.value ?? defaultValue,
      source: more.source ?? "default",
      choices: more.choices ?? [],
      ...(more.source === here && { explicitValue: more.value ?? defaultValue }),
      ...(more.minimum !== undefined && { minimum: more.minimum }),
      ...(more.maximum !== undefined && { maximum: more.maximum }),
    });
  return [
    row("launch.target", "choice", "frame", { choices: ["frame", "window"], value: "window", source: here }),
    row("launch.width", "number", "1024", { minimum: 320, maximum: 4096 }),
    row("launch.height", "number", "768", { minimum: 240, maximum: 4096 }),
    row("navigation.show", "boolean", "true"),
    row("navigation.contents", "boolean", "true", { value: "false", source: "organization" }),
    row("exit.normal", "choice", "return", { choices: ["return", "close", "next", "message"] }),
    row("limits.suspend_data", "number", "65536", { minimum: 4096, maximum: 1_048_576 }),
  ];
}
