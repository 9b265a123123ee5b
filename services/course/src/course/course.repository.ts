import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import { orderByOf, rowsAfter, type SortColumn } from "@coursemesh/platform/page/keyset.ts";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import { CourseOrder } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { type EntityManager, type FilterQuery, LockMode } from "@mikro-orm/postgresql";
import { CourseVersionEntity, type CourseVersionRow } from "../course-version/course-version.entity.ts";
import { CourseEntity, type CourseRow } from "./course.entity.ts";

/** How a list is sorted. */
export interface CourseSort {
  readonly columns: readonly SortColumn[];
  readonly keysOf: (row: CourseRow) => PageKeys;
}

const toDate = (key: string | number): Date => new Date(key);

/** The sort of an order of the contract; the id has the last word. */
export function courseSort(order: CourseOrder): CourseSort {
  const by = (property: "updatedAt" | "createdAt" | "titleKey", direction: "asc" | "desc"): CourseSort => ({
    columns: [
      { property, direction, ...(property !== "titleKey" && { read: toDate }) },
      { property: "id", direction },
    ],
    keysOf: (row) => [property === "titleKey" ? row.titleKey : row[property].getTime(), row.id],
  });
  switch (order) {
    case CourseOrder.UPDATE_TIME_ASC:
      return by("updatedAt", "asc");
    case CourseOrder.TITLE_ASC:
      return by("titleKey", "asc");
    case CourseOrder.TITLE_DESC:
      return by("titleKey", "desc");
    case CourseOrder.CREATE_TIME_ASC:
      return by("createdAt", "asc");
    case CourseOrder.CREATE_TIME_DESC:
      return by("createdAt", "desc");
    default:
      return by("updatedAt", "desc");
  }
}

/** Which courses a list shows. */
export interface CourseFilter {
  readonly query: string;
  /** Any of these, whatever their case. */
  readonly tags: readonly string[];
  readonly standards: readonly Standard[];
  readonly archived: boolean;
  /** Both ends included. */
  readonly updatedSince: Date | undefined;
  readonly updatedUntil: Date | undefined;
}

/** One row more than the page has. */
export async function listCourses(
  em: EntityManager,
  tenantId: string,
  filter: CourseFilter,
  sort: CourseSort,
  start: PageStart,
  withTotal: boolean,
): Promise<{ rows: CourseRow[]; total: number | undefined }> {
  const where = whereOf(tenantId, filter);
  const page = { $and: [where, rowsAfter(sort.columns, start.after)] } as FilterQuery<CourseRow>;
  const rows = await em.find(CourseEntity, page, { orderBy: orderByOf(sort.columns), limit: start.limit + 1 });
  return { rows, total: withTotal ? await em.count(CourseEntity, where) : undefined };
}

function whereOf(tenantId: string, filter: CourseFilter): FilterQuery<CourseRow> {
  const { query, tags, standards, archived, updatedSince, updatedUntil } = filter;
  const where: FilterQuery<CourseRow> = { tenantId, archived };
  if (query !== "") where.searchText = { $like: containing(query.toLowerCase()) };
  if (tags.length > 0) where.tagKeys = { $overlap: tags.map((tag) => tag.toLowerCase()) };
  if (standards.length > 0) where.standard = { $in: [...standards] };
  if (updatedSince || updatedUntil)
    where.updatedAt = { ...(updatedSince && { $gte: updatedSince }), ...(updatedUntil && { $lte: updatedUntil }) };
  return where;
}

/** A course kept from changing until the transaction ends. */
export function lockCourse(em: EntityManager, tenantId: string, id: string): Promise<CourseRow | null> {
  return em.findOne(CourseEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Current versions of courses, by the version's id. */
export async function currentVersionsOf(
  em: EntityManager,
  tenantId: string,
  courses: readonly CourseRow[],
): Promise<ReadonlyMap<string, CourseVersionRow>> {
  const ids = courses.flatMap((course) => course.currentVersionId ?? []);
  if (ids.length === 0) return new Map();
  const versions = await em.find(CourseVersionEntity, { tenantId, id: { $in: ids } });
  return new Map(versions.map((version) => [version.id, version]));
}
