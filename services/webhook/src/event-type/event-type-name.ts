/** Public names that the rule would not give. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "coursemesh.webhook.v1.WebhookTested": "webhook.test",
  "coursemesh.dispatch.v1.PackageGenerated": "dispatch_package.generated",
  "coursemesh.dispatch.v1.PackageFailed": "dispatch_package.failed",
  "coursemesh.dispatch.v1.PackageDownloaded": "dispatch_package.downloaded",
};

/** What happened, where it takes more than one word. */
const DEEDS = /(MadeCurrent|LimitReached)$/;

/**
 * Public name of an event's message: `registration.completed` for `coursemesh.runtime.v1.RegistrationCompleted`, `course_version.made_current`
 * for `CourseVersionMadeCurrent`. Receivers rely on it: a message that is renamed gets an exception here.
 */
export function eventTypeName(schema: string): string {
  const known = EXCEPTIONS[schema];
  if (known !== undefined) return known;
  const message = schema.slice(schema.lastIndexOf(".") + 1);
  const deed = DEEDS.exec(message)?.[0] ?? /[A-Z][a-z0-9]*$/.exec(message)?.[0] ?? "";
  const subject = message.slice(0, message.length - deed.length);
  return subject === "" ? snake(deed) : `${snake(subject)}.${snake(deed)}`;
}

/** A type and the families it belongs to: `registration.completed`, `registration.*`, `*`. */
export function typeKeysOf(type: string): string[] {
  const parts = type.split(".");
  const families = parts.slice(0, -1).map((_, index) => `${parts.slice(0, index + 1).join(".")}.*`);
  return [type, ...families.toReversed(), "*"];
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}
