import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { expect, it } from "vitest";
import { beginsAnotherInstance, type EntryFacts, type LastSession } from "./choose-session.ts";

const taken: LastSession = {
  instance_token: "mine",
  finished_at: new Date(0),
  acknowledgement: Acknowledgement.ACCEPTED,
  settled_at: null,
  attempt_count: 0,
};
const fresh: EntryFacts = { isStatic: false, freshEntry: true, instanceToken: "", mayBeginAnew: true };

it.each<[string, Partial<LastSession>, Partial<EntryFacts>, boolean]>([
  ["a fresh entry after a result that was taken", {}, {}, true],
  ["a fresh entry with the token of an instance before", {}, { instanceToken: "older" }, true],
  ["a host that knows the instance whatever it says", {}, { instanceToken: "mine" }, false],
  ["a host that goes on", {}, { freshEntry: false }, false],
  ["a static dispatch", {}, { isStatic: true }, false],
  ["terms that have ended", {}, { mayBeginAnew: false }, false],
  ["an instance that is not finished", { finished_at: null }, {}, false],
  ["a result no host was there for", { acknowledgement: Acknowledgement.NOTHING }, {}, false],
  ["a result the host has not got", { acknowledgement: Acknowledgement.PENDING }, {}, false],
  ["a result the host refused", { acknowledgement: Acknowledgement.REFUSED, attempt_count: 2 }, {}, false],
  [
    "a result the host refuses again and again",
    { acknowledgement: Acknowledgement.REFUSED, attempt_count: 3 },
    {},
    true,
  ],
  [
    "a result that was settled by hand",
    { acknowledgement: Acknowledgement.PENDING, settled_at: new Date(0) },
    {},
    true,
  ],
])("%s", (_, last, entry, begins) => {
  expect(beginsAnotherInstance({ ...taken, ...last }, { ...fresh, ...entry })).toBe(begins);
});
