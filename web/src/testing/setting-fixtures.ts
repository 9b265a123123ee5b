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
    row("launch.window_width", "number", "0", { minimum: 0, maximum: 10_000 }),
    row("launch.window_height", "number", "0", { minimum: 0, maximum: 10_000 }),
    row("navigation.show_bar", "boolean", "true"),
    row("navigation.show_contents", "boolean", "true", { value: "false", source: "organization" }),
    row("exit.page", "choice", "return_url", { choices: ["return_url", "closing_page", "close_window"] }),
    row("limits.attempts", "number", "0", { minimum: 0, maximum: 1_000 }),
  ];
}
