import "./player.css";
import { openIndexedDbCallStore } from "./journal/indexed-db-call-store.ts";
import { MemoryCallStore } from "./journal/memory-call-store.ts";
import { connectLaunchApi } from "./protocol/launch-api.ts";
import { launchBase } from "./session/activity-address.ts";
import { nudgeParent } from "./session/nudge-parent.ts";
import { within } from "./session/open-patiently.ts";
import { watchPageLifecycle } from "./session/page-lifecycle.ts";
import { Player } from "./session/player.ts";
import { PlayerView } from "./view/player-view.ts";

declare global {
  interface Window {
    /** What SCORM 1.2 content looks for in its parents and its opener (RTE 3.3.6.1). */
    API?: object | undefined;
    /** The same for SCORM 2004 (RTE 3.3.1). */
    API_1484_11?: object | undefined;
  }
}

const storeWithin = 3_000;
const root = document.getElementById("player");
if (root === null) throw new Error("player.html has no #player");

// In a frame of another site a browser may refuse its database, or never answer about it.
const store = await within(openIndexedDbCallStore(), storeWithin).catch(() => new MemoryCallStore());
const view = new PlayerView(root, {
  choose: (target) => void player.ask({ type: "choice", target }),
  next: () => void player.ask({ type: "continue" }),
  previous: () => void player.ask({ type: "previous" }),
  leave: () => player.leave(),
  end: (type) => void player.ask({ type }),
  goBack: () => void player.ask({ type: "goOn" }),
  toggleContents: () => player.toggleContents(),
  openContents: () => {
    player.toggleContents(true);
    view.focusContents();
  },
  retryOpen: () => player.retry(),
  tryNow: () => player.tryNow(),
  details: () => player.details(),
  continueHere: () => void player.start({ takeLease: true }),
  closeLost: () => void player.close(),
  openCourse: () => player.openCourse(),
  openAgain: () => void player.start({ takeLease: true, again: true }),
});
const player = new Player({
  base: launchBase(location.pathname),
  store,
  connect: connectLaunchApi,
  view,
  offerApi: ({ name, object }) => {
    window[name] = object;
  },
  nudge: nudgeParent,
});

watchPageLifecycle({
  onHidden: () => player.session?.queue.flush(),
  onLeave: (forGood) => {
    player.session?.queue.leave();
    if (forGood) player.leavePage();
  },
  onBack: () => {
    player.session?.queue.stay();
    player.session?.queue.check();
  },
  onNetwork: () => player.tryNow(),
});

addEventListener("beforeunload", (event) => {
  if (player.wouldLose) event.preventDefault();
});

await player.start();
