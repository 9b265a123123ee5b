import { expect, it } from "vitest";
import { fitTo103 } from "./fit-version.ts";

it("leaves statements of 1.0 to the byte", () => {
  for (const json of ['{ "version":"1.0.3","score":1.0 }', '{"version":"1.0.0"}', '{"verb":{}}'])
    expect(fitTo103(json)).toBe(json);
});

it("makes one of 2.0 what 1.0.3 can take, a sub-statement's context included", () => {
  const context = { platform: "Test", contextAgents: [1], contextGroups: [2] };
  const object = { objectType: "SubStatement", context, object: { id: "https://example.org/x" } };
  expect(JSON.parse(fitTo103(JSON.stringify({ version: "2.0.0", context, object })))).toEqual({
    version: "1.0.3",
    context: { platform: "Test" },
    object: { objectType: "SubStatement", context: { platform: "Test" }, object: { id: "https://example.org/x" } },
  });
});
