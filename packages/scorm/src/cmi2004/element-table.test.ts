import { describe, expect, it } from "vitest";
import { behaviourOf } from "./behaviour.ts";
import { elementTable } from "./element-table.ts";
import { runSession } from "./testing/session.ts";

const inFamily = (prefix: string) => elementTable.filter(({ name }) => name.startsWith(prefix));

describe("the element table", () => {
  it("has the 74 elements of the 4th edition: 65 of cmi, 5 of adl.nav, 4 of adl.data", () => {
    expect(new Set(elementTable.map(({ name }) => name)).size).toBe(74);
    expect(inFamily("cmi.")).toHaveLength(65);
    expect(inFamily("cmi.").filter(({ access }) => access === "keyword")).toHaveLength(14);
    expect(inFamily("adl.nav.")).toHaveLength(5);
    expect(inFamily("adl.data.")).toHaveLength(4);
  });

  it("answers every list of children with the elements that exist", () => {
    for (const { name, initial } of elementTable) {
      if (!name.endsWith("._children")) continue;
      const parent = name.slice(0, -"_children".length).replace(/\.$/, ".");
      const deeper = elementTable
        .map((rule) => rule.name)
        .filter((element) => element.startsWith(parent))
        .map((element) => element.slice(parent.length).replace(/^n\./, "").split(".")[0]!)
        .filter((child) => !child.startsWith("_"));
      expect(initial?.split(",").sort(), name).toEqual([...new Set(deeper)].sort());
    }
  });
});

describe("every element", () => {
  const session = runSession({ context: { activity: { dataMaps: [{ targetId: "bucket" }] } } });
  session.set("cmi.objectives.0.id", "objective");
  session.set("cmi.interactions.0.id", "question");
  session.set("cmi.interactions.0.type", "other");

  it.each(
    elementTable.filter(({ access }) => access === "read" || access === "keyword").map(({ name }) => name),
  )("%s is read-only", (name) => {
    const element = name.replace("{target}", "{target=A}").replaceAll(".n.", ".0.");
    expect(session.set(element, "x")).toBe(false);
    expect(session.error).toBe("404");
  });

  it.each(["cmi.exit", "cmi.session_time"])("%s is write-only", (name) => {
    expect(session.get(name)).toBe("");
    expect(session.error).toBe("405");
  });
});

describe("a name that is no element", () => {
  const parents = new Set(
    elementTable.flatMap(({ name }) => {
      const segments = name.replace(/\.\{target\}$/, "").split(".");
      return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join("."));
    }),
  );

  it.each([...parents])("the parent %s is undefined and changes nothing", (parent) => {
    const session = runSession();
    session.set("cmi.objectives.0.id", "objective");
    session.set("cmi.interactions.0.id", "question");
    const element = parent.replaceAll(".n", ".0");
    const before = session.state();
    expect([session.set(element, "x"), session.error]).toEqual([false, "401"]);
    expect([session.get(element), session.error]).toEqual(["", "401"]);
    expect(session.state()).toBe(before);
  });

  it.each([
    ["", "301", "351"],
    ["cmi.nothing", "401", "401"],
    ["cmi.objectives.0.nothing", "401", "401"],
    ["cmi.objectives.x.id", "401", "401"],
    ["cmi.objectives.01.id", "301", "351"],
    ["cmi.objectives.-1.id", "401", "401"],
    ["cmi.interactions.99999999999.id", "301", "351"],
    ["cmi.location._children", "301", "404"],
    ["cmi.score._count", "301", "404"],
    ["cmi._children", "401", "401"],
    ["cmi.nothing._children", "401", "401"],
    ["constructor", "401", "401"],
    ["cmi.__proto__", "401", "401"],
    ["adl.nav.request_valid.choice.A", "401", "401"],
    ["imsss.nothing", "401", "401"],
  ])("%s is refused with %s when read and %s when set", (name, got, set) => {
    const session = runSession();
    session.get(name);
    expect(session.error).toBe(got);
    expect([session.set(name, "1"), session.error]).toEqual([false, set]);
  });
});

describe("an earlier edition", () => {
  it.each(["2nd", "3rd"] as const)("the %s has no shared data and no jump", (edition) => {
    const session = runSession({
      terms: { behaviour: behaviourOf(edition) },
      context: { activity: { dataMaps: [{ targetId: "bucket" }] } },
    });
    for (const element of [
      "adl.data._count",
      "adl.data._children",
      "adl.data.0.id",
      "adl.data.0.store",
      "adl.data.0",
      "adl.nav.request_valid.jump.{target=A}",
    ]) {
      session.get(element);
      expect(session.error, element).toBe("401");
      session.set(element, "x");
      expect(session.error, element).toBe("401");
    }
    expect([session.set("adl.nav.request", "{target=A}jump"), session.error]).toEqual([false, "406"]);
  });

  it("the 2nd has no suspendAll, and remarks on suspend data that another LMS may cut", () => {
    const session = runSession({ terms: { behaviour: behaviourOf("2nd") } });
    expect([session.set("adl.nav.request", "suspendAll"), session.error]).toEqual([false, "406"]);
    expect(session.set("cmi.suspend_data", "x".repeat(4001))).toBe(true);
    expect(session.state().warnings).toEqual([{ rule: "length", element: "cmi.suspend_data", longest: 4001 }]);
    expect(session.get("cmi.suspend_data")).toHaveLength(4001);
  });
});
