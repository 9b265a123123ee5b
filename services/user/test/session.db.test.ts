import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUserMesh, PASSWORD, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;
let count = 0;

beforeAll(async () => {
  user = await createUserMesh({ CALLER_MAX_AGE_SECONDS: "5" });
  await user.bootstrap();
});
afterAll(() => user.stop());

const refresh = (refreshToken: string) => as(anonymous, () => user.sessions.refreshSession({ refreshToken }));
const nobody = async () => {
  const { caller } = await user.signIn("admin@first.example");
  count += 1;
  const email = `person${count}@first.example`;
  await user.addMember(caller, email, Role.MEMBER);
  return email;
};

describe("signing in", () => {
  it("gives tokens that make a caller with the role's permissions", async () => {
    const { person, organization, caller, tokens } = await user.signIn(" Admin@First.example ");
    expect(person).toMatchObject({ email: "admin@first.example", platformAdministrator: true });
    expect(organization).toMatchObject({ slug: "first", active: true });
    expect(caller).toMatchObject({ id: person!.id, organizationId: organization!.id, platformAdministrator: true });
    expect(tokens.refreshToken).toMatch(/^[\w-]{43}$/);
  });

  it("answers a wrong password, an unknown address and a person without password alike", async () => {
    const { caller } = await user.signIn("admin@first.example");
    await as(caller, () =>
      user.members.createMember({
        requestId: crypto.randomUUID(),
        email: "silent@first.example",
        name: "Silent",
        role: Role.VIEWER,
      }),
    );
    for (const email of ["admin@first.example", "unknown@first.example", "silent@first.example"])
      expect(await failure(user.signIn(email, "Wrong-Horse-77"))).toEqual({ reason: "SIGN_IN_FAILED", metadata: {} });
    await user.signIn("admin@first.example");
  });

  it("locks an address after five failures, known or not, and lets it in after a while", async () => {
    const known = await nobody();
    for (const email of [known, "ghost@first.example"]) {
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect((await failure(user.signIn(email, "Wrong-Horse-77"))).reason).toBe("SIGN_IN_FAILED");
      const { reason, metadata } = await failure(user.signIn(email));
      expect(reason).toBe("SIGN_IN_LOCKED");
      expect(Number(metadata.retry_after_seconds)).toBeGreaterThan(890);
    }
    user.pass(901);
    await user.signIn(known);
  });

  it("tries no more than five of many guesses made at once", async () => {
    const email = await nobody();
    const guesses = Array.from({ length: 20 }, () => failure(user.signIn(email, "Wrong-Horse-77")));
    const reasons = (await Promise.all(guesses)).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === "SIGN_IN_FAILED")).toHaveLength(5);
  });

  it("forgets failures after a success", async () => {
    const email = await nobody();
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await failure(user.signIn(email, "Wrong-Horse-77"));
      await user.signIn(email);
    }
  });
});

describe("refreshing", () => {
  it("exchanges a token for others, each once", async () => {
    const { tokens, caller } = await user.signIn(await nobody());
    const { tokens: next } = await refresh(tokens.refreshToken);
    expect(next!.refreshToken).not.toBe(tokens.refreshToken);
    expect((await user.callerFrom(`Bearer ${next!.accessToken}`)).sessionId).toBe(caller.sessionId);
    await refresh(next!.refreshToken);
  });

  it("gives the same successor again when the answer was lost, so that the session does not fork", async () => {
    const { tokens } = await user.signIn(await nobody());
    const answers = await Promise.all([1, 2, 3].map(() => refresh(tokens.refreshToken)));
    const successors = new Set(answers.map((answer) => answer.tokens!.refreshToken));
    expect(successors.size).toBe(1);
    await refresh([...successors][0]!);
  });

  it("ends the whole session when a token comes back after its successor was used", async () => {
    const { tokens } = await user.signIn(await nobody());
    const second = (await refresh(tokens.refreshToken)).tokens!;
    const third = (await refresh(second.refreshToken)).tokens!;
    expect((await failure(refresh(tokens.refreshToken))).reason).toBe("SESSION_ENDED");
    expect((await failure(refresh(third.refreshToken))).reason).toBe("SESSION_ENDED");
    expect((await failure(user.callerFrom(`Bearer ${third.accessToken}`))).reason).toBe("UNAUTHENTICATED");
  });

  it("ends the whole session when a token comes back after the grace", async () => {
    const { tokens } = await user.signIn(await nobody());
    const next = (await refresh(tokens.refreshToken)).tokens!;
    user.pass(31);
    expect((await failure(refresh(tokens.refreshToken))).reason).toBe("SESSION_ENDED");
    expect((await failure(refresh(next.refreshToken))).reason).toBe("SESSION_ENDED");
  });

  it("refuses unknown tokens and those that were not used for seven days", async () => {
    expect((await failure(refresh("nonsense"))).reason).toBe("SESSION_ENDED");
    const { tokens } = await user.signIn(await nobody());
    user.pass(604_801);
    expect((await failure(refresh(tokens.refreshToken))).reason).toBe("SESSION_ENDED");
  });

  it("lets access tokens expire after half an hour", async () => {
    const { tokens } = await user.signIn(await nobody());
    user.pass(1_799);
    await user.callerFrom(`Bearer ${tokens.accessToken}`);
    user.pass(2);
    expect((await failure(user.callerFrom(`Bearer ${tokens.accessToken}`))).reason).toBe("UNAUTHENTICATED");
    await refresh(tokens.refreshToken);
  });

  it("goes on over a change of signing keys", async () => {
    const { tokens } = await user.signIn(await nobody());
    const kid = (token: string) => JSON.parse(Buffer.from(token.split(".")[0]!, "base64url").toString()).kid as string;
    let last = tokens;
    for (let week = 0; week < 5; week += 1) {
      user.pass(6 * 86_400);
      last = (await refresh(last.refreshToken)).tokens!;
      await user.callerFrom(`Bearer ${last.accessToken}`);
    }
    expect(kid(last.accessToken)).not.toBe(kid(tokens.accessToken));
  });
});

describe("a session", () => {
  it("is over for every token of it after signing out; unknown tokens succeed", async () => {
    const { tokens } = await user.signIn(await nobody());
    await as(anonymous, () => user.sessions.endSession({ refreshToken: tokens.refreshToken }));
    await as(anonymous, () => user.sessions.endSession({ refreshToken: "unknown" }));
    expect((await failure(refresh(tokens.refreshToken))).reason).toBe("SESSION_ENDED");
    expect((await failure(user.callerFrom(`Bearer ${tokens.accessToken}`))).reason).toBe("UNAUTHENTICATED");
  });

  it("says who is signed in and where else they may act", async () => {
    const { caller } = await user.signIn("admin@first.example");
    const { organization } = await user.addOrganization(caller, "elsewhere");
    const answer = await as(caller, () => user.sessions.getSession({}));
    expect(answer.person).toMatchObject({ email: "admin@first.example" });
    expect(answer.memberships.map((it) => [it.organization!.slug, it.role])).toEqual([
      ["elsewhere", Role.OWNER],
      ["first", Role.OWNER],
    ]);
    const there = await user.signIn("admin@first.example", PASSWORD, "elsewhere");
    expect(there.caller.organizationId).toBe(organization.id);
    expect((await failure(user.signIn("admin@first.example", PASSWORD, "nowhere"))).reason).toBe("SIGN_IN_FAILED");
    await user.signIn("admin@first.example", PASSWORD, "first");
  });

  it("moves to another organization and remembers it for the next sign-in", async () => {
    const email = await nobody();
    const { caller: administrator } = await user.signIn("admin@first.example", PASSWORD, "first");
    const { organization, administratorThere } = await user.addOrganization(administrator, "moving");
    const { caller, tokens } = await user.signIn(email);
    const move = () => as(caller, () => user.sessions.switchOrganization({ organizationId: organization.id }));
    expect((await failure(move())).reason).toBe("MEMBER_NOT_FOUND");
    await as(administratorThere, () =>
      user.members.createMember({ requestId: crypto.randomUUID(), email, name: "Mover", role: Role.VIEWER }),
    );
    const moved = await move();
    expect(await user.callerFrom(`Bearer ${moved.tokens!.accessToken}`)).toMatchObject({
      organizationId: organization.id,
      sessionId: caller.sessionId,
      displayName: "Mover",
    });
    const next = await refresh(moved.tokens!.refreshToken);
    expect((await user.callerFrom(`Bearer ${next.tokens!.accessToken}`)).organizationId).toBe(organization.id);
    expect((await failure(refresh(tokens.refreshToken))).reason).toBe("SESSION_ENDED");
    expect((await user.signIn(email)).caller.organizationId).toBe(organization.id);
  });
});

describe("changing a password", () => {
  const change = (caller: Parameters<typeof as>[0], currentPassword: string, newPassword: string) =>
    as(caller, () => user.sessions.changePassword({ currentPassword, newPassword }));

  it("ends all other sessions and takes the new password only", async () => {
    const email = await nobody();
    const other = await user.signIn(email);
    const { caller, tokens } = await user.signIn(email);
    await change(caller, PASSWORD, "Correct-Horse-8");
    expect((await failure(refresh(other.tokens.refreshToken))).reason).toBe("SESSION_ENDED");
    await refresh(tokens.refreshToken);
    expect((await failure(user.signIn(email))).reason).toBe("SIGN_IN_FAILED");
    await user.signIn(email, "Correct-Horse-8");
  });

  it("refuses weak passwords, the last five and a wrong present one", async () => {
    const { caller } = await user.signIn(await nobody());
    expect(await failure(change(caller, PASSWORD, "short"))).toEqual({
      reason: "PASSWORD_TOO_WEAK",
      metadata: { missing: "length,upper,digit,special" },
    });
    expect((await failure(change(caller, "Wrong-Horse-77", "Correct-Horse-8"))).reason).toBe("SIGN_IN_FAILED");
    const passwords = [0, 1, 2, 3, 4].map((number) => `Next-Horse-No-${number}`);
    let present = PASSWORD;
    for (const next of passwords) {
      await change(caller, present, next);
      present = next;
    }
    for (const old of passwords) expect((await failure(change(caller, present, old))).reason).toBe("PASSWORD_REUSED");
    await change(caller, present, PASSWORD);
  });

  it("is only for people", async () => {
    const key = await user.callerFrom("Bearer installation:installation-secret");
    expect((await failure(change(key, PASSWORD, "Correct-Horse-8"))).reason).toBe("UNAUTHENTICATED");
    const answer = await as(key, () => user.sessions.getSession({}));
    expect(answer.person).toBeUndefined();
    expect(answer.memberships.map((it) => it.organization!.slug)).toEqual(["first"]);
  });
});
