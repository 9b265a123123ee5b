import "../dispatch-pages/pages.css";
import "./bridge.css";
import { readBranding } from "../dispatch-pages/branding.ts";
import { PageView } from "../dispatch-pages/page-view.ts";
import { readRefusal } from "../dispatch-pages/refusal.ts";
import { pickPageWords } from "../dispatch-pages/words/pick-page-words.ts";
import { connectGateway } from "../dispatch-protocol/gateway.ts";
import { isRecord } from "../dispatch-protocol/host-result.ts";
import { lookAround } from "./around.ts";
import { Bridge } from "./bridge.ts";
import { bridgePages } from "./bridge-pages.ts";

/** What the gateway wrote into the page: JSON in an attribute, so that nothing of it is ever run. */
function pageData(root: HTMLElement): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(root.dataset.page ?? "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const root = document.getElementById("coursemesh");
if (root === null) throw new Error("the page has no #coursemesh");
const data = pageData(root);
root.className = "coursemesh-page";
const words = pickPageWords(navigator.languages);
const view = new PageView(root, {
  words,
  branding: readBranding(data.branding),
  dispatchId: String(data.dispatchId ?? ""),
});

if (isRecord(data.refusal)) {
  view.show(bridgePages.refused(words, readRefusal(data.refusal), String(data.kind), () => location.reload()));
} else {
  const code = decodeURIComponent(location.hash.slice(1));
  // A code in the history could be found there.
  history.replaceState(null, "", location.pathname);
  void new Bridge({ view, gateway: connectGateway(location.origin), around: lookAround(), code }).start();
}
