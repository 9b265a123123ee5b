import type { PageView } from "../dispatch-pages/page-view.ts";
import type { Gateway } from "../dispatch-protocol/gateway.ts";
import type { PendingResult } from "../dispatch-protocol/host-result.ts";
import type { EndReason } from "../dispatch-protocol/message.ts";
import { pullResults } from "../dispatch-protocol/pull-results.ts";
import { type Admission, newestOf } from "./admission.ts";
import { BridgeLink } from "./bridge-link.ts";
import type { Host } from "./host/host.ts";
import type { Receipt } from "./host/receipt.ts";
import { launchPages } from "./launch-pages.ts";
import type { CallbackKind } from "./outbox/callback.ts";
import type { KeptStore } from "./outbox/kept-store.ts";
import { LaunchMail } from "./outbox/launch-mail.ts";
import type { CoursePlace } from "./stage/course-place.ts";
import { framePlace } from "./stage/frame-place.ts";
import { openWindowPlace } from "./stage/window-place.ts";

/** What a course works with. */
export interface CourseParts {
  readonly host: Host;
  readonly gateway: Gateway;
  readonly store: KeptStore;
  readonly view: PageView;
  readonly title: string;
  /** Asks for another launch, because a code works once and not for long; undefined when there is none to be had. */
  readonly again: (then: (admission: Admission | undefined) => void) => void;
}

/** Milliseconds after which a code may have expired before it is used. */
const codeFreshFor = 45_000;

/** An admitted course: shows it, tells the host each result as it comes, and finishes the host once. */
export class Course {
  readonly #parts: CourseParts;
  #admission: Admission | undefined;
  #admittedAt = 0;
  #mail: LaunchMail | undefined;
  #place: CoursePlace | undefined;
  #link: BridgeLink | undefined;
  #newest: PendingResult | undefined;
  /** Elements told since the last callback. */
  #cmi: Record<string, string> = {};
  #over = false;

  constructor(parts: CourseParts) {
    this.#parts = parts;
  }

  /** Goes on with an admission, the first or one more. */
  use(admission: Admission): void {
    const { host, gateway, store } = this.#parts;
    this.#admission = admission;
    this.#admittedAt = Date.now();
    this.#mail?.flush();
    this.#mail = new LaunchMail({ gateway, store, onStop: () => this.#end("revoked") }, admission.sessionToken);
    host.begin(admission.instanceToken, admission.options);
    this.#report("INITIALIZE");
    // What the host did not take before comes first.
    if (admission.pending) this.#tell(admission.pending);
    host.commit();
  }

  /** Shows the course. */
  begin(): void {
    if (this.#admission?.options.windowMode === "window") this.#offerWindow(false);
    else this.#openFrame();
  }

  onReceipt(receipt: Receipt): void {
    this.#mail?.addReceipt(receipt);
    if (receipt.element !== "" && receipt.value !== "") this.#cmi[receipt.element] = receipt.value;
  }

  /** The host has been told a result. */
  onTold(sequence: number): void {
    this.#link?.told(sequence);
    if (!this.#over) this.#report("COMMIT");
  }

  flush(): void {
    this.#mail?.flush();
  }

  /** The page goes away: what is known is told, the host is finished, and the rest goes with beacons. */
  leave(): void {
    if (!this.#over) {
      this.#over = true;
      this.#parts.host.finish(false);
      this.#report("TERMINATE");
      // A course in its own window would go on without anybody to tell the host.
      this.#link?.close();
      this.#place?.close();
    }
    this.#mail?.leave();
  }

  #openFrame(): void {
    const { view, title } = this.#parts;
    const admission = this.#admission;
    if (admission === undefined) return;
    this.#place?.close();
    this.#connect(
      admission,
      framePlace(admission.address, view.words.frameTitle(title), (frame) => view.showFrame(frame)),
    );
  }

  #offerWindow(blocked: boolean): void {
    const { view, title } = this.#parts;
    view.show(launchPages.openWindow(view.words, title, () => this.#openWindow(), blocked));
  }

  /** Opens the course's window; a click did this, and only a click may. */
  #openWindow(): void {
    const { view, again } = this.#parts;
    const { windowWidth = 0, windowHeight = 0 } = this.#admission?.options ?? {};
    const place = openWindowPlace(windowWidth, windowHeight, () => void this.#windowClosed());
    if (place === undefined) {
      this.#offerWindow(true);
      return;
    }
    this.#link?.close();
    this.#place?.close();
    this.#place = undefined;
    view.show(launchPages.inWindow(view.words, () => place.focus()));
    const go = (admission: Admission | undefined): void => {
      if (admission === undefined || this.#over) {
        place.close();
        return;
      }
      this.#used();
      place.go(admission.address);
      this.#connect(admission, place);
    };
    if (this.#isFresh()) go(this.#admission);
    else again(go);
  }

  #isFresh(): boolean {
    return this.#admission !== undefined && Date.now() - this.#admittedAt < codeFreshFor;
  }

  #used(): void {
    this.#admittedAt = 0;
  }

  #connect(admission: Admission, place: CoursePlace): void {
    const { view, again } = this.#parts;
    this.#used();
    this.#place = place;
    this.#link?.close();
    this.#link = new BridgeLink(place, admission.bridgeOrigin, admission.bridgeSecret, {
      onHello: () => view.say(""),
      onResult: (result) => this.#tell(result),
      onEnded: (reason) => this.#end(reason),
      onNoAnswer: () =>
        view.say(view.words.noAnswer, [
          { label: view.words.openWindow, act: () => this.#openWindow() },
          { label: view.words.tryAgain, act: () => again((next) => next && this.#openFrame()) },
        ]),
    });
  }

  #tell(result: PendingResult): void {
    if (this.#over || result.sequence <= (this.#newest?.sequence ?? 0)) return;
    this.#newest = result;
    this.#parts.host.tell(result);
  }

  /** The learner closed the course's window; its last result may not have come through. */
  async #windowClosed(): Promise<void> {
    const { view, gateway, host } = this.#parts;
    if (this.#over) return;
    this.#link?.close();
    this.#link = undefined;
    this.#place = undefined;
    view.show(launchPages.windowClosed(view.words, () => this.#openWindow()));
    const token = this.#admission?.sessionToken ?? "";
    const pulled = await pullResults(gateway, token, this.#newest?.sequence ?? 0, 0).catch(() => undefined);
    const newest = newestOf(pulled?.results ?? []);
    if (newest) this.#tell(newest);
    host.commit();
    if (pulled?.over) this.#end("revoked");
  }

  /** The learner left the course, or must. */
  #end(reason: EndReason): void {
    const { host, view } = this.#parts;
    if (this.#over) return;
    host.commit();
    this.#over = true;
    this.#link?.close();
    this.#place?.close();
    host.finish(true);
    this.#report("TERMINATE");
    this.#mail?.flush();
    // A host may have taken this page away when it was finished.
    const close = window.opener ? { label: view.words.close, act: () => window.top?.close() } : undefined;
    view.show(
      reason === "revoked" ? launchPages.revoked(view.words) : launchPages.ended(view.words, host.hasTaken, close),
    );
  }

  #report(kind: CallbackKind): void {
    const { bridgeSecret = "" } = this.#admission ?? {};
    const cmi = this.#cmi;
    this.#cmi = {};
    const { result } = this.#newest ?? {};
    this.#mail?.addCallback({ kind, time: Date.now(), result, cmi }, bridgeSecret);
  }
}
