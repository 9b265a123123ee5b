/** Rules for the data types that occur all over (1.0.3 Data 4.0, IEEE 9274.1.1 4.2.7). Each takes the requirement of the place it is used at. */
import { shown } from "./check.ts";
import { isIri, isIrl } from "./iri.ts";
import { isLanguageTag } from "./language-tag.ts";
import { isObject, type Rule, reportType, text } from "./rule.ts";
import { isTimestamp } from "./timestamp.ts";
import { isUuid } from "./uuid.ts";

export const iri = (requirement: string): Rule => text(requirement, "an IRI with its scheme", isIri);
export const irl = (requirement: string): Rule => text(requirement, "an IRL with its scheme", isIrl);
export const uuid = (requirement: string): Rule => text(requirement, "a UUID in its standard form", isUuid);

const timestampForm = text("XAPI-00123", "a date and time after RFC 3339", (value, check) =>
  isTimestamp(value, check.version),
);

/** A point in time; the type is the requirement of the property, the form that of all timestamps. */
export const timestamp =
  (requirement: string): Rule =>
  (check, value) => {
    if (typeof value === "string") timestampForm(check, value);
    else reportType(check, value, requirement, "a string with a date and time");
  };

/** Text by language. An empty map is one. */
export const languageMap =
  (requirement: string): Rule =>
  (check, value) => {
    if (!isObject(value)) {
      reportType(check, value, requirement, "a language map");
      return;
    }
    for (const tag in value) {
      const said = value[tag];
      if (typeof said === "string" && isLanguageTag(tag)) continue;
      check.enter(tag);
      if (!isLanguageTag(tag))
        check.report("XAPI-00121", `a language map's keys are RFC 5646 tags, and ${shown(tag)} is none`);
      else reportType(check, said, requirement, "a string");
      check.leave();
      if (check.full) return;
    }
  };

/** Anything by IRI; what the values are is nobody's business, `null` included (1.0.3 Data 4.1). */
export const extensions =
  (requirement: string): Rule =>
  (check, value) => {
    if (!isObject(value)) {
      reportType(check, value, requirement, "an object of extensions");
      return;
    }
    for (const key in value) {
      if (isIri(key)) continue;
      check.enter(key);
      check.report("XAPI-00118", `an extension's key is an IRI, and ${shown(key)} is none`);
      check.leave();
      if (check.full) return;
    }
  };
