import { describe, expect, it } from "vitest";
import { readSettings, webAddress } from "./settings.ts";

describe("readSettings", () => {
  it("has a default for everything, also for values that nobody knows", () => {
    const byDefault = readSettings({});
    expect(byDefault).toMatchObject({ target: "frame", showBar: true, allowChoice: true, exitPage: "return_url" });
    expect(readSettings({ "launch.target": "hologram", "exit.page": "" })).toEqual(byDefault);
  });

  it("reads what is set", () => {
    const values = { "launch.target": "window", "launch.window_width": "800", "navigation.show_contents": "false" };
    const settings = readSettings({ ...values, "exit.page": "close_window", "rollup.score": "highest" });
    expect(settings).toMatchObject({ target: "window", windowWidth: 800, windowHeight: 0, showContents: false });
    expect(settings).toMatchObject({ exitPage: "close_window", rollUp: { score: "highest" } });
  });
});

describe("webAddress", () => {
  it("lets only addresses of the web through", () => {
    expect(webAddress("https://lms.example/back?x=1")).toBe("https://lms.example/back?x=1");
    expect(webAddress("javascript:alert(1)")).toBe("");
    expect(webAddress("//lms.example")).toBe("");
  });
});
