/** Commands of the HTTP-based AICC/CMI protocol (CMI001, chapter 6) that an assignable unit sends. */
export type HacpCommand = "GetParam" | "PutParam" | "ExitAU";

/** What a host answers. */
export interface HacpAnswer {
  /** `0`: done; `1`: invalid command; `2`: invalid password; `3`: invalid session. Empty: the answer is none of the protocol's. */
  readonly error: string;
  readonly errorText: string;
  readonly version: string;
  /** `aicc_data` as it came. */
  readonly data: string;
}

/** Version of the protocol that hosts of all ages answer. */
const VERSION = "2.2";

/** A request as a form, for `application/x-www-form-urlencoded`. @param data `aicc_data`, see {@link writeGroups}. */
export function hacpForm(command: HacpCommand, sessionId: string, data = ""): string {
  const fields = [
    ["command", command],
    ["version", VERSION],
    ["session_id", sessionId],
    ["aicc_data", data],
  ];
  // Old hosts decode `%20` everywhere and `+` not always.
  return fields.map(([name = "", value = ""]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

/** Reads an answer. Names are in any case and order; `aicc_data` is the last and goes to the end. */
export function readHacp(body: string): HacpAnswer {
  const start = /^[ \t]*aicc_data[ \t]*=/im.exec(body);
  const head = start === null ? body : body.slice(0, start.index);
  const data = start === null ? "" : body.slice(start.index + start[0].length).replace(/^[ \t]*\r?\n/, "");
  const values = new Map<string, string>();
  for (const line of head.split(/\r\n|\r|\n/)) {
    const [name = "", ...rest] = line.split("=");
    if (rest.length > 0) values.set(name.trim().toLowerCase(), rest.join("=").trim());
  }
  return {
    error: values.get("error") ?? "",
    errorText: values.get("error_text") ?? "",
    version: values.get("version") ?? "",
    data,
  };
}

/** `aicc_data` by group and keyword, both in lower case; texts of groups that have no keywords stand under the empty one. */
export type AiccGroups = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Groups that are text for whoever wrote it, with no keywords in it. */
const TEXT_GROUPS: ReadonlySet<string> = new Set(["core_lesson", "core_vendor", "comments", "evaluation"]);

/** Reads `aicc_data`. The last of two equal keywords counts, comments begin with a semicolon. */
export function readGroups(data: string): AiccGroups {
  const groups = new Map<string, Map<string, string>>();
  let group = new Map<string, string>();
  let isText = false;
  for (const line of data.split(/\r\n|\r|\n/)) {
    const header = /^\s*\[([\w. ]+)\]\s*$/.exec(line)?.[1]?.trim().toLowerCase();
    if (header !== undefined) {
      group = groups.get(header) ?? new Map<string, string>();
      groups.set(header, group);
      isText = TEXT_GROUPS.has(header);
    } else if (isText) {
      const before = group.get("");
      group.set("", before === undefined ? line : `${before}\n${line}`);
    } else if (!/^\s*;/.test(line)) {
      const [name = "", ...rest] = line.split("=");
      if (rest.length > 0) group.set(name.trim().toLowerCase(), rest.join("=").trim());
    }
  }
  for (const [, values] of groups) {
    const text = values.get("");
    if (text !== undefined) values.set("", text.trim());
  }
  return groups;
}

/** Writes `aicc_data`. A text in place of keywords is a group of text. Line breaks within a value would begin another keyword. */
export function writeGroups(groups: Readonly<Record<string, string | Readonly<Record<string, string>>>>): string {
  const lines = Object.entries(groups).flatMap(([name, values]) => [
    `[${name}]`,
    ...(typeof values === "string"
      ? [values]
      : Object.entries(values).map(([keyword, value]) => `${keyword}=${value.replace(/[\r\n]+/g, " ")}`)),
  ]);
  return lines.map((line) => `${line}\r\n`).join("");
}
