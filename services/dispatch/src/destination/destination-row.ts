import { create, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  type Destination,
  DestinationSchema,
  type DestinationSummary,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { HostOptionsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { readBranding, readHostOptions } from "../dispatch/effective-look.ts";
import { normalTerms, readTerms, type TermsColumns, termsColumns } from "../licence/licence-terms.ts";
import { cleanTags, searchTextOf, tagKeysOf } from "../search/search-keys.ts";

/** What a request decides of a destination. */
export interface DestinationColumns extends TermsColumns {
  readonly name: string;
  readonly tags: string[];
  readonly tag_keys: string[];
  readonly search_text: string;
  readonly email: string;
  readonly notes: string;
  readonly enabled: boolean;
  readonly branding: Buffer | null;
  readonly host_options: Buffer | null;
}

/** A destination as it is stored. */
export interface DestinationRow extends DestinationColumns {
  readonly id: string;
  readonly tenant_id: string;
  readonly external_id: string;
  readonly name_key: string;
  readonly lms_product: string;
  readonly last_contact_at: Date | null;
  readonly request_id: string | null;
  readonly request_hash: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/**
 * Columns of a destination in a request. @param ruleGiven see {@link normalTerms}
 * @throws FIELD_INVALID
 */
export function destinationColumns(
  destination: Destination,
  externalId: string,
  ruleGiven: boolean,
): DestinationColumns {
  const name = destination.name.trim();
  if (name === "") throw fieldInvalid("destination.name", "must not be empty");
  const tags = cleanTags("destination.tags", destination.tags);
  const { branding, hostOptions } = destination;
  return {
    name,
    tags,
    tag_keys: tagKeysOf(tags),
    search_text: searchTextOf(name, externalId, tags),
    email: destination.email,
    notes: destination.notes,
    enabled: destination.enabled ?? true,
    ...termsColumns(normalTerms(destination.terms, "destination.terms", ruleGiven)),
    branding: branding === undefined ? null : Buffer.from(toBinary(DispatchBrandingSchema, branding)),
    host_options: hostOptions === undefined ? null : Buffer.from(toBinary(HostOptionsSchema, hostOptions)),
  };
}

export function toDestination(row: DestinationRow, summary?: DestinationSummary): Destination {
  const branding = readBranding(row);
  const hostOptions = readHostOptions(row);
  return create(DestinationSchema, {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    tags: row.tags,
    email: row.email,
    notes: row.notes,
    enabled: row.enabled,
    terms: readTerms(row),
    ...(branding && { branding }),
    ...(hostOptions && { hostOptions }),
    ...(summary && { summary }),
    createTime: timestampFromDate(row.created_at),
    updateTime: timestampFromDate(row.updated_at),
    etag: String(row.version),
  });
}
