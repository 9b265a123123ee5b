import "../dispatch-pages/pages.css";
import { readBranding } from "../dispatch-pages/branding.ts";
import { PageView } from "../dispatch-pages/page-view.ts";
import { pickPageWords } from "../dispatch-pages/words/pick-page-words.ts";
import { connectGateway } from "../dispatch-protocol/gateway.ts";
import { scorm12Dialect } from "./host/scorm12-dialect.ts";
import { scorm2004Dialect } from "./host/scorm2004-dialect.ts";
import { Launch } from "./launch.ts";
import { launchPages } from "./launch-pages.ts";
import { type LauncherPackage, readLauncherPackage } from "./launcher-package.ts";
import { lmsProduct } from "./lms-product.ts";
import { keptStore } from "./outbox/kept-store.ts";

/** Begins once the page's place is there, however the script was included. */
function main(): void {
  const root = document.getElementById("launcher") ?? document.body.appendChild(document.createElement("div"));
  root.className = "coursemesh-page";
  const pack = readLauncherPackage(Reflect.get(window, "coursemeshPackage"));
  const words = pickPageWords([...navigator.languages, pack?.language ?? ""]);
  const view = new PageView(root, {
    words,
    branding: pack?.branding ?? readBranding(undefined),
    dispatchId: pack?.dispatchId ?? "",
  });
  if (pack === undefined) view.show(launchPages.damaged(words));
  else begin(pack, view);
}

function begin(pack: LauncherPackage, view: PageView): void {
  const launch = new Launch({
    pack,
    dialect: pack.format === "SCORM12" ? scorm12Dialect : scorm2004Dialect,
    start: window,
    lmsProduct: () => lmsProduct(window),
    gateway: connectGateway(pack.gateway),
    store: keptStore(),
    view,
    languages: navigator.languages,
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) launch.hidden();
  });
  document.addEventListener("freeze", () => launch.hidden());
  addEventListener("beforeunload", () => launch.hidden());
  addEventListener("pagehide", () => launch.leave());
  addEventListener("pageshow", (event) => {
    if (event.persisted) launch.back();
  });
  void launch.start();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", main);
else main();
