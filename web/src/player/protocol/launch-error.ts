/** An answer of the content origin that is not success, or none at all (`reason` `NETWORK`, `status` 0). */
export class LaunchError extends Error {
  readonly status: number;
  /** `LEASE_LOST`, `LAUNCH_OVER`, `LAUNCH_NOT_FOUND`, `JOURNAL_INVALID`, …; `NETWORK` when no answer came. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    reason: string,
    message: string,
    metadata: Readonly<Record<string, string>> = {},
    retryAfter?: number,
  ) {
    super(message);
    this.name = "LaunchError";
    this.status = status;
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfter = retryAfter;
  }

  /** Another launch, or another tab, records now. */
  get leaseLost(): boolean {
    return this.reason === "LEASE_LOST" || (this.reason === "LAUNCH_OVER" && this.metadata.end === "SUPERSEDED");
  }

  /** This launch will never be recorded again: its address is over, or was never one. */
  get launchOver(): boolean {
    return !this.leaseLost && (this.status === 404 || this.status === 410);
  }

  /** Asking again can help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The error that an answer describes: `{error: {reason, message, metadata}}`, or whatever a proxy between put in its place. */
export async function toLaunchError(response: Response): Promise<LaunchError> {
  const body: unknown = await response.json().catch(() => undefined);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const reason = typeof error.reason === "string" ? error.reason : `HTTP_${response.status}`;
  const message = typeof error.message === "string" ? error.message : response.statusText;
  const metadata = isRecord(error.metadata)
    ? Object.fromEntries(Object.entries(error.metadata).map(([key, value]) => [key, String(value)]))
    : {};
  return new LaunchError(response.status, reason, message, metadata, retryAfterOf(response));
}

function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get("retry-after");
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
