import { create } from "@bufbuild/protobuf";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { OrganizationDeletedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { type EntityManager, LockMode } from "@mikro-orm/postgresql";
import { ApiKeyEntity } from "../api-key/api-key.entity.ts";
import { MemberEntity } from "../member/member.entity.ts";
import { OrganizationEntity } from "../organization/organization.entity.ts";
import { SessionEntity } from "../session/session.entity.ts";
import { SignInAttemptEntity } from "../sign-in/sign-in-attempt.entity.ts";
import type { UserParts } from "../user-parts.ts";

const DAY_MS = 86_400_000;
/** Sessions that are over stay a while, for whoever asks what happened. */
const SESSION_TRACE_DAYS = 30;

/**
 * Removes what is past its time: organizations whose grace period is over (which announces OrganizationDeleted), old sessions and
 * forgotten failures. What is due is read from the rows, so a missed run loses nothing; two runs at once share the work.
 */
export async function purgeExpired(parts: UserParts): Promise<void> {
  const now = parts.now();
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const em = parts.db().system();
  await em.nativeDelete(SessionEntity, { expiresAt: { $lt: ago(SESSION_TRACE_DAYS) } });
  await em.nativeDelete(SignInAttemptEntity, { windowStart: { $lt: ago(2) } });
  await em.transactional(async (tx) => {
    const due = await tx.find(
      OrganizationEntity,
      { deletedAt: { $lt: ago(parts.config.ORGANIZATION_GRACE_DAYS) } },
      { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, limit: 20 },
    );
    for (const { id } of due) await removeOrganization(tx, id);
  });
}

async function removeOrganization(em: EntityManager, id: string): Promise<void> {
  await em.nativeDelete(SessionEntity, { tenantId: id });
  await em.nativeDelete(ApiKeyEntity, { tenantId: id });
  await em.nativeDelete(MemberEntity, { tenantId: id });
  await em.nativeDelete(OrganizationEntity, { id });
  await recordEvent(em, id, OrganizationDeletedSchema, create(OrganizationDeletedSchema, { organizationId: id }));
}
