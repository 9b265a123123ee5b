import { describe, expect, it } from "vitest";
import { Api1484_11, type ApiCall } from "./api-1484-11.ts";
import { errorCodes } from "./error-code.ts";
import { openSession } from "./testing/session.ts";

function apiWithSession() {
  const calls: ApiCall[] = [];
  const api = new Api1484_11((call) => calls.push(call));
  api.attach("A", openSession());
  return { api, calls };
}

describe("API_1484_11", () => {
  it("has a version and works detached from its object", () => {
    const { api } = apiWithSession();
    const { Initialize, SetValue, GetValue, Commit, Terminate, GetLastError } = api;
    expect(api.version).toBe("1.0");
    expect(Initialize("")).toBe("true");
    expect(SetValue("cmi.score.raw", 85)).toBe("true");
    expect(GetValue("cmi.score.raw")).toBe("85");
    expect(Commit()).toBe("true");
    expect(Terminate(null)).toBe("true");
    expect(GetLastError()).toBe("0");
  });

  it("hands on every call that changes something, and a GetValue only when it failed", () => {
    const { api, calls } = apiWithSession();
    api.Initialize("");
    api.GetValue("cmi.location");
    api.GetValue("cmi.mode");
    api.SetValue("cmi.location", "3");
    api.Terminate("");
    expect(calls.map(({ method, element, result, error }) => [method, element, result, error])).toEqual([
      ["Initialize", "", "true", "0"],
      ["GetValue", "cmi.location", "", "403"],
      ["SetValue", "cmi.location", "true", "0"],
      ["Terminate", "", "true", "0"],
    ]);
  });

  it("names all 26 errors and says what to look at", () => {
    const { api } = apiWithSession();
    expect(errorCodes).toHaveLength(26);
    for (const code of errorCodes) {
      expect(api.GetErrorString(code)).not.toBe("");
      expect(api.GetDiagnostic(code).length).toBeLessThanOrEqual(255);
    }
    for (const code of ["", "001", "1444", "constructor", undefined]) expect(api.GetErrorString(code)).toBe("");
    expect(api.GetDiagnostic("001")).toBe("");
  });

  it("tells which call failed, without changing the error", () => {
    const { api } = apiWithSession();
    api.Initialize("");
    api.SetValue(`cmi.${"x".repeat(300)}`, "1");
    expect(api.GetDiagnostic("")).toContain("SetValue");
    expect(api.GetDiagnostic("")).toHaveLength(255);
    expect(api.GetLastError()).toBe("401");
  });

  it("fails every call while no activity is open, and after another launch has taken over", () => {
    const { api, calls } = apiWithSession();
    api.attach("", undefined);
    expect([api.Initialize(""), api.GetLastError()]).toEqual(["false", "102"]);
    expect([api.GetValue("cmi.mode"), api.GetLastError()]).toEqual(["", "122"]);
    expect([api.Commit(""), api.GetLastError()]).toEqual(["false", "142"]);
    api.attach("B", openSession());
    api.refuse("The course was opened in another window.");
    expect([api.Initialize(""), api.GetLastError()]).toEqual(["false", "102"]);
    expect(api.GetDiagnostic("")).toContain("another window");
    expect(calls).toEqual([]);
  });
});
