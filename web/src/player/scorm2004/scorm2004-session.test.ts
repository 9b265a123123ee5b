import type { Api1484_11 } from "@coursemesh/scorm/cmi2004/api-1484-11.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { JournalQueue } from "../journal/journal-queue.ts";
import { MemoryCallStore } from "../journal/memory-call-store.ts";
import { unsentCalls } from "../journal/unsent-calls.ts";
import type { LearnerRequest, Turn } from "../session/turn.ts";
import { readSettings } from "../settings.ts";
import { Scorm2004Session } from "./scorm2004-session.ts";
import { courseOf, lessonAndTest, scoOf } from "./testing/course.ts";
import { FakeServer } from "./testing/fake-server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that has opened the launch: the session, its API, and what content asked for. */
async function openPage(server: FakeServer, store = new MemoryCallStore(true)) {
  const opened = await server.open();
  const base = "/l/token/";
  const unsent = unsentCalls(opened.acknowledgedSeq, await store.load(base));
  const turns: Promise<Turn | undefined>[] = [];
  let onReceipt = (_: { acknowledgedSeq: number }) => {};
  const queue = new JournalQueue({
    api: server,
    store,
    launch: { base, launchId: opened.launch.id },
    acknowledged: opened.acknowledgedSeq,
    unsent,
    onStatus: () => {},
    onReceipt: (receipt) => onReceipt(receipt),
    onRefused: () => {},
    random: () => 0,
    online: () => false,
    hidden: () => false,
  });
  const session = new Scorm2004Session(opened, {
    settings: readSettings({}),
    queue,
    unsent,
    events: { onStatus: () => {}, onRefused: () => {}, onCall: () => {}, onTurn: (turn) => turns.push(turn) },
    addressOf: (href) => `/c/${href}`,
  });
  onReceipt = (receipt) => session.onReceipt(receipt);
  const api = session.api.object as Api1484_11;
  const ask = (request: LearnerRequest, lastWords = () => {}) =>
    session.request(request, async () => {
      lastWords();
      return true;
    });
  return { session, api, queue, turns, ask, store };
}

async function begun(outline: CourseOutline) {
  const server = new FakeServer(outline);
  const page = await openPage(server);
  expect(await page.session.begin(false)).toEqual({ kind: "deliver" });
  return { server, ...page };
}

const threeInARow = courseOf([scoOf("A"), scoOf("B"), scoOf("C")]);
const onlyByChoice = courseOf([scoOf("A"), scoOf("B")], { sequencing: { controlMode: { flow: false, choice: true } } });

describe("a request of the learner", () => {
  it("goes into the journal after what content said at last, and opens what sequencing answers", async () => {
    const { server, session, api, ask } = await begun(threeInARow);
    expect([session.activity, session.titleOf("A"), session.addressOf("A")]).toEqual(["A", "A", "/c/A.html"]);
    api.Initialize("");
    const turn = await ask({ type: "continue" }, () => {
      api.SetValue("adl.nav.request", "exitAll");
      api.Terminate("");
    });
    expect(turn).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("B");
    expect(server.calls.slice(-2).map(({ method, element }) => `${method} ${element}`)).toEqual([
      "Terminate ",
      "Navigate continue",
    ]);
    expect(session.contents().map(({ title, status, current }) => [title, status, current])).toEqual([
      ["A course", "incomplete", false],
      ["A", "completed", false],
      ["B", "incomplete", true],
      ["C", "notAttempted", false],
    ]);
  });

  it("waits while sequencing is silent, asks for its answer again, and goes on", async () => {
    const { server, session, ask } = await begun(threeInARow);
    server.mode = "silent";
    const pending = ask({ type: "continue" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.may({ type: "continue" })).toBe(false);
    expect(server.calls.at(-1)?.element).toBe("continue");
    server.mode = "up";
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await pending).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("B");
  });

  it("waits while the network is away, and is asked once although a reply was lost", async () => {
    const { server, session, ask } = await begun(threeInARow);
    server.mode = "deaf";
    const pending = ask({ type: "choice", target: "C" });
    await vi.advanceTimersByTimeAsync(10);
    server.mode = "cut";
    await vi.advanceTimersByTimeAsync(20_000);
    server.mode = "up";
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await pending).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("C");
    expect(server.calls.filter(({ element }) => element === "choice")).toHaveLength(1);
  });

  it("is not carried out when the launch was lost while content was unloaded", async () => {
    const { server, session } = await begun(threeInARow);
    expect(await session.request({ type: "continue" }, () => Promise.resolve(false))).toBeUndefined();
    expect(server.calls.some(({ element }) => element === "continue")).toBe(false);
  });

  it("leaves the course: suspended it goes on, ended it is opened anew only when the learner asks", async () => {
    const { session, ask } = await begun(threeInARow);
    expect(await ask({ type: "suspendAll" })).toEqual({ kind: "left", how: "suspended" });
    expect(await session.begin(false)).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("A");
    expect(await ask({ type: "exitAll" })).toEqual({ kind: "left", how: "ended" });
    expect(await session.begin(false)).toEqual({ kind: "left", how: "ended" });
    expect(await session.begin(true)).toEqual({ kind: "deliver" });
  });
});

describe("a beginning that delivers nothing", () => {
  it("leaves it to the learner to choose", async () => {
    const page = await openPage(new FakeServer(onlyByChoice));
    expect(await page.session.begin(false)).toEqual({ kind: "nothing", reason: { kind: "chooseNext" } });
    expect(await page.ask({ type: "choice", target: "B" })).toEqual({ kind: "deliver" });
  });
});

describe("content that has said its last word and asked for nothing", () => {
  it("is finished until the learner goes on", async () => {
    const { api, session, ask } = await begun(threeInARow);
    api.Initialize("");
    expect(session.partFinished).toBe(false);
    api.Terminate("");
    expect(session.partFinished).toBe(true);
    await ask({ type: "continue" });
    expect(session.partFinished).toBe(false);
  });
});

describe("a request of content", () => {
  it("is recorded with its Terminate, and the player is told what follows", async () => {
    const { api, session, turns } = await begun(threeInARow);
    api.Initialize("");
    api.SetValue("adl.nav.request", "{target=C}choice");
    api.Terminate("");
    expect(turns).toHaveLength(1);
    expect(await turns[0]).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("C");
  });

  it("that is refused leaves the activity where it was, from where it can be opened again", async () => {
    const page = await openPage(new FakeServer(onlyByChoice));
    const { api, session, turns, ask } = page;
    expect(await session.begin(false)).toEqual({ kind: "nothing", reason: { kind: "chooseNext" } });
    expect(await ask({ type: "choice", target: "A" })).toEqual({ kind: "deliver" });
    api.Initialize("");
    api.SetValue("cmi.location", "page 3");
    api.SetValue("adl.nav.request", "continue");
    api.Terminate("");
    expect(await turns[0]).toEqual({ kind: "refused", reason: { kind: "chooseNext" } });
    expect(await ask({ type: "goOn" })).toEqual({ kind: "deliver" });
    api.Initialize("");
    expect(api.GetValue("cmi.location")).toBe("page 3");
  });

  it("that leads nowhere ends the activity, and says why", async () => {
    const { api, session, turns } = await begun(threeInARow);
    api.Initialize("");
    api.SetValue("adl.nav.request", "previous");
    api.Terminate("");
    expect(await turns[0]).toEqual({ kind: "nothing", reason: { kind: "noWayBack" } });
    expect(session.controls().continue).toBe("enabled");
  });

  it("is not made when it only stops: the page stays until the learner asks", async () => {
    const { api, session, turns, ask } = await begun(threeInARow);
    api.Initialize("");
    api.Terminate("");
    await vi.advanceTimersByTimeAsync(10);
    expect(turns).toEqual([]);
    expect(session.controls().continue).toBe("enabled");
    expect(await ask({ type: "continue" })).toEqual({ kind: "deliver" });
  });
});

describe("what the learner may ask for", () => {
  it("follows what the running activity says, at once", async () => {
    const { api, session } = await begun(lessonAndTest);
    api.Initialize("");
    const test = () => session.contents().find(({ identifier }) => identifier === "Test");
    expect(test()).toMatchObject({
      status: "locked",
      selectable: false,
      reason: { kind: "passFirst", titles: ["Lesson"] },
    });
    expect(session.may({ type: "choice", target: "Test" })).toBe(false);
    api.SetValue("cmi.success_status", "passed");
    expect(test()).toMatchObject({ status: "notAttempted", selectable: true });
    expect(session.may({ type: "choice", target: "Test" })).toBe(true);
  });

  it("leaves out the controls that the activity hides", async () => {
    const { session } = await begun(courseOf([scoOf("A", { hideLmsUi: ["continue", "exitAll"] }), scoOf("B")]));
    expect(session.controls()).toMatchObject({ continue: "hidden", exitAll: "hidden", suspendAll: "enabled" });
    expect(session.may({ type: "continue" })).toBe(false);
  });
});

describe("a course of one activity", () => {
  it("that waits for a choice is begun, as there is nothing else to choose", async () => {
    const outline = courseOf([scoOf("A")], { sequencing: { controlMode: { flow: false, choice: true } } });
    const { session, server } = await begun(outline);
    expect(session.activity).toBe("A");
    expect(server.calls.map(({ element, value }) => `${element} ${value}`)).toEqual(["start ", "choice A"]);
  });
});

describe("a page that was loaded again", () => {
  it("shows what was delivered and not begun", async () => {
    const { server, store } = await begun(threeInARow);
    const calls = server.calls.length;
    const page = await openPage(server, store);
    expect(await page.session.begin(false)).toEqual({ kind: "deliver" });
    expect(server.calls).toHaveLength(calls);
  });

  it("goes on in the middle of an activity, with what only this device had", async () => {
    const { server, api, store, queue } = await begun(threeInARow);
    api.Initialize("");
    await vi.advanceTimersByTimeAsync(10);
    server.mode = "cut";
    api.SetValue("cmi.location", "page 3");
    await vi.advanceTimersByTimeAsync(10);
    queue.stop();
    server.mode = "up";
    const page = await openPage(server, store);
    expect(await page.session.begin(false)).toEqual({ kind: "deliver" });
    page.api.Initialize("");
    expect([page.api.GetValue("cmi.entry"), page.api.GetValue("cmi.location")]).toEqual(["resume", "page 3"]);
  });

  it("takes the answer that the page before was waiting for", async () => {
    const { server, ask, store, queue } = await begun(threeInARow);
    server.mode = "silent";
    void ask({ type: "continue" });
    await vi.advanceTimersByTimeAsync(10);
    queue.stop();
    const page = await openPage(server, store);
    const pending = page.session.begin(false);
    await vi.advanceTimersByTimeAsync(10);
    server.mode = "up";
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await pending).toEqual({ kind: "deliver" });
    expect(page.session.activity).toBe("B");
  });
});

describe("a review", () => {
  it("is sequenced here, and the server is told nothing", async () => {
    const server = new FakeServer(threeInARow, { mode: "review", credit: "no-credit" });
    const { session, api, ask } = await openPage(server);
    expect(await session.begin(false)).toEqual({ kind: "deliver" });
    api.Initialize("");
    expect(await ask({ type: "continue" })).toEqual({ kind: "deliver" });
    expect(session.activity).toBe("B");
    expect(server.calls).toHaveLength(1);
  });
});
