import { create } from "@bufbuild/protobuf";
import { ActivityStateSchema, Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { toActivityRows } from "./activity-row.mapper.ts";

const outline = JSON.stringify({
  title: "Course",
  organizationIdentifier: "o",
  activities: [
    {
      identifier: "cluster",
      title: "Cluster",
      children: [{ identifier: "sco", title: "Sco", launch: { href: "a.html", type: "sco" }, children: [] }],
    },
  ],
});
const states = [create(ActivityStateSchema, { activity: "sco", completion: Completion.COMPLETE, status: "passed" })];

describe("rows of activities", () => {
  it("follow the outline, each with its depth and state", () =>
    expect(toActivityRows(states, outline)).toMatchObject([
      { identifier: "cluster", depth: 0, leaf: false, completion: "unknown" },
      { identifier: "sco", title: "Sco", depth: 1, leaf: true, completion: "complete", status: "passed" },
    ]));

  it("are there without an outline too", () =>
    expect(toActivityRows(states, "")).toMatchObject([{ identifier: "sco", title: "sco", depth: 0 }]));
});
