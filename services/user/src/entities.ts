import { ApiKeyEntity } from "./api-key/api-key.entity.ts";
import { MemberEntity } from "./member/member.entity.ts";
import { OrganizationEntity } from "./organization/organization.entity.ts";
import { PasswordHistoryEntity, PersonEntity } from "./person/person.entity.ts";
import { RefreshTokenEntity, SessionEntity } from "./session/session.entity.ts";
import { SignInAttemptEntity } from "./sign-in/sign-in-attempt.entity.ts";
import { SigningKeyEntity } from "./token/signing-key.entity.ts";

/** Every table this service reads by entity. */
export const entities = [
  ApiKeyEntity,
  MemberEntity,
  OrganizationEntity,
  PasswordHistoryEntity,
  PersonEntity,
  RefreshTokenEntity,
  SessionEntity,
  SignInAttemptEntity,
  SigningKeyEntity,
];
