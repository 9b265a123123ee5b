/**
 * Plays the calls of a case's SCO in a real page. `launches` (all launches of the case) stand in a script before this one; the driver offers
 * `scoIsUp`, which answers the number of the launch to be played, or -1 to stay idle, and `scoIsDone`, which takes what the calls answered.
 */
const onUnload = {
  "SequencingTestSingleDoTerminate.htm": undefined,
  "tarAct4OnUnload.htm": "{target=activity_4}choice",
  "exitAllOnUnload.htm": "exitAll",
  "suspendAllOnUnload.htm": "suspendAll",
};
const page = location.pathname.split("/").at(-1);
const activity = new URLSearchParams(location.search).get("act") ?? "";

function findApi() {
  for (const start of [window, window.opener]) {
    for (let candidate = start; candidate; candidate = candidate.parent) {
      if (candidate.API_1484_11) return candidate.API_1484_11;
      if (candidate.parent === candidate) break;
    }
  }
  return undefined;
}

function idsOf(api, list) {
  const count = Number(api.GetValue(`${list}._count`));
  return Array.from({ length: count }, (_, index) => api.GetValue(`${list}.${index}.id`));
}

function makeCall(api, call) {
  const element = (call.element ?? "").replace(/&([^&]+)&/, (_, name) =>
    String(idsOf(api, call.element.startsWith("adl.data") ? "adl.data" : "cmi.objectives").indexOf(name)),
  );
  const got = String(answerOf(api, { ...call, element }));
  return { element, got, error: String(api.GetLastError()) };
}

function answerOf(api, { method, element, value = "", argument = "" }) {
  if (method === "GetValue") return api.GetValue(element);
  if (method === "SetValue") return api.SetValue(element, value);
  if (method === "CompareObjectiveIds") return idsOf(api, "cmi.objectives").sort().join(",");
  return method === "GetLastError" ? api.GetLastError() : api[method](argument);
}

async function play() {
  const number = await window.scoIsUp(page, activity);
  const calls = number < 0 ? [] : window.launches[number];
  const api = findApi();
  // An asset calls nothing, not even the end.
  if (calls.length === 0) {
    if (number >= 0) window.scoIsDone([]);
    return;
  }
  if (!api) throw new Error("no API_1484_11");
  const answers = calls.map((call) => makeCall(api, call));
  window.scoIsDone(answers);
  if (!(page in onUnload)) api.Terminate("");
  else
    addEventListener("pagehide", () => {
      if (onUnload[page]) api.SetValue("adl.nav.request", onUnload[page]);
      api.Terminate("");
    });
}

play();
