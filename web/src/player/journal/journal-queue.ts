import type { UnnumberedCall } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import { type JournalReceipt, type LaunchApi, largestKeepalive } from "../protocol/launch-api.ts";
import { LaunchError } from "../protocol/launch-error.ts";
import { firstBatch } from "./call-batch.ts";
import type { CallStore, StoredLaunch } from "./call-store.ts";
import { DeviceCopy } from "./device-copy.ts";
import { type JournalStatus, settledStatus } from "./journal-status.ts";
import { retryDelay } from "./retry-delay.ts";

/** What a queue works with; `random`, `online` and `hidden` are replaced in tests. */
export interface JournalQueueOptions {
  readonly api: Pick<LaunchApi, "append" | "appendAndLeave">;
  readonly store: CallStore;
  readonly launch: StoredLaunch;
  /** Calls that the server has; the next one gets the number after the last of `unsent`. */
  readonly acknowledged: number;
  /** Calls of this launch that were found on the device, in order, without a gap after `acknowledged`. */
  readonly unsent: readonly JournalCall[];
  readonly onStatus: (status: JournalStatus) => void;
  /** The server has taken an append. */
  readonly onReceipt?: (receipt: JournalReceipt) => void;
  /** The server will not take another call: the lease is lost or the launch is over. Nothing is sent any more. */
  readonly onRefused: (error: LaunchError) => void;
  readonly random?: () => number;
  readonly online?: () => boolean;
  readonly hidden?: () => boolean;
}

const gatherFor = 1_500;
const heartbeatEvery = 60_000;
const largestBatch = 512 * 1024;
/** Failures in a row before the learner is told: one is a hiccup. */
const tolerated = 1;

/**
 * The journal of one launch on its way to the server: numbers every call, copies it to the device, and sends calls in order, one request at
 * a time, until the server has acknowledged them. Sending twice is harmless, because the server keeps each number once.
 */
export class JournalQueue {
  readonly #options: JournalQueueOptions;
  readonly #device: DeviceCopy;
  /** Calls above `acknowledged`, in order. */
  #unsent: JournalCall[];
  /** Acknowledged calls, for a server that turns out not to have them after all. */
  #sent: JournalCall[] = [];
  #status: JournalStatus;
  #failures = 0;
  /** Answers in a row that acknowledged less than was sent. */
  #short = 0;
  #sending = false;
  #stopped = false;
  #departing = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When `#timer` goes off. */
  #due = 0;
  #heartbeat: ReturnType<typeof setTimeout> | undefined;
  #settled: (() => void)[] = [];

  constructor(options: JournalQueueOptions) {
    this.#options = options;
    this.#unsent = [...options.unsent];
    const recorded = options.unsent.at(-1)?.seq ?? options.acknowledged;
    this.#status = { ...settledStatus(options.acknowledged), recorded };
    this.#device = new DeviceCopy(options.store, options.launch, recorded, () => this.#report({}));
    if (this.#unsent.length > 0) {
      this.#status = { ...this.#status, waitingSince: Date.now() };
      this.#schedule(0);
    }
    this.#beat();
  }

  get status(): JournalStatus {
    return this.#status;
  }

  /** Takes a call into the journal and gives its number. It is on its way when this returns, and safe nowhere yet. */
  record(call: UnnumberedCall): number {
    if (this.#stopped) return this.#status.recorded;
    const numbered: JournalCall = { ...call, seq: this.#status.recorded + 1, at: Date.now() };
    this.#unsent.push(numbered);
    this.#device.add(numbered);
    this.#report({ recorded: numbered.seq, waitingSince: this.#status.waitingSince || Date.now() });
    if (this.#departing) this.leave();
    // Browsers slow the timers of hidden pages down to one a minute, and a course in its own window hides the player.
    else if (this.#failures === 0) this.#schedule(isUrgent(call) || this.#hidden() ? 0 : gatherFor);
    return numbered.seq;
  }

  /** Sends what waits now, whatever was planned: the learner, or the network that came back, asks for it. */
  flush(): void {
    if (this.#sending) this.#again = true;
    else this.#schedule(0);
  }

  /**
   * The page goes away: hands over to the browser what fits, once more if it is on its way already. From here until `stay`, calls go out
   * and to the device one by one, because there may be no later.
   */
  leave(): void {
    if (this.#stopped) return;
    this.#departing = true;
    if (this.#unsent.length === 0) return;
    this.#device.addNow(this.#unsent);
    const batch = firstBatch(this.#unsent, largestKeepalive);
    if (batch && batch.bytes <= largestKeepalive) this.#options.api.appendAndLeave(batch.first, batch.body);
  }

  /** The page is back. */
  stay(): void {
    this.#departing = false;
    this.flush();
  }

  /** Asks the server whether this launch may still record, without a call of its own. */
  check(): void {
    if (!this.#sending) void this.#send(true);
  }

  /** Resolves when the server has everything that is recorded so far; never when it refuses. */
  settled(): Promise<void> {
    if (this.#unsent.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  /** Stops sending. What is not acknowledged stays on the device. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#heartbeat);
  }

  /** Stops, and resolves when everything recorded is on the device, for another tab to go on with. */
  async release(): Promise<void> {
    this.stop();
    await this.#device.idle();
  }

  /** Stops, and drops what the server will never take. */
  async discard(): Promise<void> {
    this.stop();
    await this.#device.idle();
    await this.#options.store.forget(this.#options.launch.base, this.#status.recorded).catch(() => {});
  }

  #schedule(delay: number): void {
    if (this.#sending) this.#again ||= delay === 0;
    if (this.#stopped || this.#sending) return;
    if (delay === 0) {
      queueMicrotask(() => void this.#send(this.#status.trouble !== "none"));
      return;
    }
    const due = Date.now() + delay;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#send(this.#status.trouble !== "none"), delay);
  }

  async #send(evenEmpty: boolean): Promise<void> {
    const batch = firstBatch(this.#unsent, largestBatch);
    if (this.#stopped || this.#sending || (batch === undefined && !evenEmpty)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending = true;
    this.#again = false;
    const recorded = this.#status.recorded;
    let wait: number | undefined;
    try {
      const { first, last, body } = batch ?? { first: this.#status.acknowledged + 1, last: 0, body: "[]" };
      const receipt = await this.#options.api.append(first, body);
      if (this.#stopped) return;
      const { acknowledgedSeq } = receipt;
      this.#acknowledge(acknowledgedSeq, last);
      this.#options.onReceipt?.(receipt);
      if (this.#unsent.length > 0) wait = this.#again || acknowledgedSeq < recorded ? 0 : gatherFor;
    } catch (error) {
      if (this.#stopped) return;
      wait = this.#fail(error instanceof LaunchError ? error : new LaunchError(0, "NETWORK", String(error)));
    } finally {
      this.#sending = false;
    }
    if (wait !== undefined) this.#schedule(wait);
    this.#beat();
  }

  #acknowledge(seq: number, expected: number): void {
    const all = [...this.#sent, ...this.#unsent];
    const have = all.findIndex((call) => call.seq > seq);
    // A server that has less than it said is sent it again, once at once and then ever more slowly.
    this.#short = seq < expected ? this.#short + 1 : 0;
    if (this.#short > 1 || seq < (all[0]?.seq ?? 0) - 1)
      throw new LaunchError(500, "JOURNAL_GAP", `The server has calls up to ${seq}, not ${expected}.`);
    this.#sent = (have === -1 ? all : all.slice(0, have)).slice(-sentKept);
    this.#unsent = have === -1 ? [] : all.slice(have);
    this.#failures = 0;
    this.#device.acknowledge(seq);
    const acknowledged = Math.min(seq, this.#status.recorded);
    const moved = acknowledged > this.#status.acknowledged;
    const savedAt = moved || this.#status.trouble !== "none" ? Date.now() : this.#status.savedAt;
    const waitingSince = this.#unsent.length === 0 ? 0 : this.#status.waitingSince || Date.now();
    this.#report({ acknowledged, savedAt, waitingSince, trouble: "none", retryAt: 0, error: undefined });
    if (this.#unsent.length === 0) for (const resolve of this.#settled.splice(0)) resolve();
  }

  /** What to do about a request that failed; gives the milliseconds until the next try. */
  #fail(error: LaunchError): number | undefined {
    if (error.leaseLost || error.launchOver) {
      this.stop();
      this.#options.onRefused(error);
      return undefined;
    }
    this.#failures += 1;
    const wait = retryDelay(this.#failures, (this.#options.random ?? Math.random)(), error.retryAfter);
    const offline = error.status === 0 && !this.#online();
    const told = offline || this.#failures > tolerated || this.#status.trouble !== "none" || !error.passing;
    this.#report({ trouble: !told ? "none" : offline ? "offline" : "failing", retryAt: Date.now() + wait, error });
    return wait;
  }

  #online(): boolean {
    return this.#options.online?.() ?? navigator.onLine;
  }

  #hidden(): boolean {
    return this.#options.hidden?.() ?? document.hidden;
  }

  #report(change: Partial<JournalStatus>): void {
    const status = { ...this.#status, ...change };
    const kept = status.recorded === status.acknowledged || this.#device.keptTo >= status.recorded;
    this.#status = { ...status, kept };
    this.#options.onStatus(this.#status);
  }

  /** An idle window hears from the server now and then, so that it learns of a lost lease before the learner has done much. */
  #beat(): void {
    clearTimeout(this.#heartbeat);
    if (!this.#stopped) this.#heartbeat = setTimeout(() => this.check(), heartbeatEvery);
  }
}

const sentKept = 500;
const results = new Set(["cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status"]);

/** Calls at moments that a course chose for saving, and results; the rest may wait for company. */
function isUrgent({ method, element }: UnnumberedCall): boolean {
  return method !== "SetValue" ? method !== "GetValue" : results.has(element);
}
