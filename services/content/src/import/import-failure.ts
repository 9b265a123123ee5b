/** An import that comes to nothing and would again: nothing is gained by another try. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";
  /** As in ErrorReason of the service it comes from; empty when the package itself is the cause. */
  readonly reason: string;

  /** @param message one sentence for whoever imports. */
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
