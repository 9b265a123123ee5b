import { flag, integer } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

const GIB = 1024 ** 3;

/** Environment of the content service. */
export const contentConfig = z.object({
  /** PostgreSQL with the service's own role. */
  DATABASE_URL: z.string(),
  /** Folder for files on their way in; shared by all replicas of this service. */
  UPLOAD_DIR: z.string().default(".data/uploads"),
  /** Largest package file that is taken, uploaded or fetched, bytes. */
  UPLOAD_MAX_BYTES: integer(1).default(2 * GIB),
  /** Seconds after which an upload that was not imported is removed. */
  UPLOAD_KEEP_SECONDS: integer(1).default(86_400),
  /** Imports that one process runs at the same time; 0 leaves them to other replicas. */
  IMPORT_WORKERS: integer(0, 64).default(2),
  /** Seconds after which an import whose process was not heard of is taken over. */
  IMPORT_LEASE_SECONDS: integer(1, 3_600).default(30),
  /** How often an import is begun before it fails for good. */
  IMPORT_MAX_ATTEMPTS: integer(1, 25).default(8),
  /** 1 lets imports by URL reach private, loopback and link-local addresses. */
  IMPORT_ALLOW_PRIVATE: flag.default(false),
  /** Host names with private addresses that imports by URL may reach all the same, separated by commas. */
  IMPORT_ALLOW_HOSTS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((host) => host.trim().toLowerCase() || [])),
  /** Longest time a download may take, seconds. */
  IMPORT_FETCH_SECONDS: integer(1, 86_400).default(900),
  /** Entries a package may have. */
  PACKAGE_MAX_FILES: integer(1).default(20_000),
  /** Size of all files of a package together after decompression, bytes. */
  PACKAGE_MAX_TOTAL_BYTES: integer(1).default(4 * GIB),
  /** Size of one file of a package after decompression, bytes. */
  PACKAGE_MAX_FILE_BYTES: integer(1).default(2 * GIB),
});

/** What {@link contentConfig} reads. */
export type ContentConfig = z.output<typeof contentConfig>;
