/** Rules for results and scores (1.0.3 Data 2.4.5, IEEE 9274.1.1 4.2.2.4). */
import { shown } from "./check.ts";
import { extensions } from "./data-type-rules.ts";
import { isDuration } from "./duration.ts";
import { boolean, number, object, type Rule, reportType, text } from "./rule.ts";

const scaled: Rule = (check, value) => {
  if (typeof value !== "number") reportType(check, value, "XAPI-00083", "a number");
  else if (!(value >= -1 && value <= 1)) check.report("XAPI-00083", `must be between -1 and 1, not ${shown(value)}`);
};

const score = object(
  "XAPI-00079",
  {
    name: "a score",
    properties: new Map([
      ["scaled", scaled],
      ["raw", number("XAPI-00082")],
      ["min", number("XAPI-00081")],
      ["max", number("XAPI-00080")],
    ]),
  },
  (check, { raw, min, max }) => {
    if (typeof min === "number" && typeof max === "number" && min >= max) {
      check.report("XAPI-00081", `min must be less than max, and ${min} is not less than ${max}`);
    }
    if (typeof raw !== "number") return;
    if (typeof min === "number" && raw < min)
      check.report("XAPI-00082", `raw must not be less than min, and ${raw} is less than ${min}`);
    if (typeof max === "number" && raw > max)
      check.report("XAPI-00082", `raw must not be more than max, and ${raw} is more than ${max}`);
  },
);

/** How it went. */
export const result: Rule = object("XAPI-00006", {
  name: "a result",
  properties: new Map([
    ["score", score],
    ["success", boolean("XAPI-00074")],
    ["completion", boolean("XAPI-00075")],
    ["response", text("XAPI-00076")],
    ["duration", text("XAPI-00077", "an ISO 8601 duration such as PT1H30M", isDuration)],
    ["extensions", extensions("XAPI-00078")],
  ]),
});
