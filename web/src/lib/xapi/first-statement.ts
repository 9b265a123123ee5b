/** Something harmless to store, for commands that try an address or a key. */
export const FIRST_STATEMENT = {
  actor: { mbox: "mailto:test@example.com", name: "Test" },
  verb: { id: "http://adlnet.gov/expapi/verbs/experienced", display: { en: "experienced" } },
  object: { id: "https://example.com/activities/first-statement", definition: { name: { en: "First statement" } } },
};
