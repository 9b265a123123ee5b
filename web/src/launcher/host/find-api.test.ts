import { describe, expect, it } from "vitest";
import { type ApiWindow, findApi } from "./find-api.ts";

interface Fake {
  parent?: Fake | undefined;
  opener?: Fake | null | undefined;
  top?: Fake | undefined;
  API?: unknown;
}

const api = { LMSInitialize: () => "true" };
const find = (window: ApiWindow) => findApi(window, "API", "LMSInitialize");

/** A chain of frames; the first is the innermost. */
function frames(count: number): Fake[] {
  const windows: Fake[] = Array.from({ length: count }, () => ({}));
  windows.forEach((window, at) => {
    window.parent = windows[at + 1] ?? window;
    window.top = windows[count - 1];
  });
  return windows;
}

const foreign = (links: Fake): Fake =>
  new Proxy(links, {
    get(target, name) {
      if (name === "parent" || name === "opener" || name === "top") return Reflect.get(target, name);
      throw new DOMException("Blocked a frame with origin", "SecurityError");
    },
  });

describe("finding the host's API", () => {
  it("looks in the page's own window and in its parents", () => {
    const windows = frames(4);
    windows[3]!.API = api;
    expect(find(windows[0]!)).toBe(api);
    expect(find({ ...frames(1)[0]!, API: api } as ApiWindow)).toBe(api);
  });

  it("looks up to 500 parents, and no further", () => {
    const near = frames(501);
    near[500]!.API = api;
    expect(find(near[0]!)).toBe(api);
    const far = frames(503);
    far[502]!.API = api;
    expect(find(far[0]!)).toBeUndefined();
  });

  it("looks from the opener in the same way, and from the opener of the top window", () => {
    const opened = frames(1);
    const host = frames(3);
    host[2]!.API = api;
    opened[0]!.opener = host[0]!;
    expect(find(opened[0]!)).toBe(api);
    const framed = frames(2);
    framed[1]!.opener = host[1]!;
    expect(find(framed[0]!)).toBe(api);
  });

  it("passes over windows of other origins", () => {
    const top: Fake = { API: api };
    top.parent = top;
    const middle = foreign({ parent: top, top });
    expect(find({ parent: middle, top } as ApiWindow)).toBe(api);
  });

  it("takes no object that only has the name, and ends where windows link in a circle", () => {
    const first: Fake = { API: {} };
    const second: Fake = { parent: first, opener: first, API: "text" };
    first.parent = second;
    first.opener = second;
    expect(find(first as ApiWindow)).toBeUndefined();
  });
});
