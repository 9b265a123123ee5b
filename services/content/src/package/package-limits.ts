import { z } from "zod";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** How much a package may ask of the server. All are checked while reading, before the bytes they speak of are kept. */
export const packageLimits = z.object({
  /** Size of the zip file, bytes. */
  packageBytes: z
    .number()
    .int()
    .positive()
    .default(2 * GIB),
  /** Size of all files together after decompression, bytes. */
  totalBytes: z
    .number()
    .int()
    .positive()
    .default(4 * GIB),
  /** Size of one file after decompression, bytes. */
  fileBytes: z
    .number()
    .int()
    .positive()
    .default(2 * GIB),
  /** Number of entries, folders included. */
  files: z.number().int().positive().default(20_000),
  /** Decompressed to compressed size of the whole package, from `ratioFloorBytes` on. */
  totalRatio: z.number().positive().default(100),
  /** Decompressed to compressed size of one file, from an eighth of `ratioFloorBytes` on. */
  fileRatio: z.number().positive().default(250),
  /** Ratios are not looked at below this decompressed size: a small blank bitmap is no bomb. */
  ratioFloorBytes: z
    .number()
    .int()
    .nonnegative()
    .default(128 * MIB),
  /** Length of a path, characters. */
  pathLength: z.number().int().positive().default(400),
  /** Folders in a path. */
  pathDepth: z.number().int().positive().default(32),
  /** Size of imsmanifest.xml, bytes. */
  manifestBytes: z
    .number()
    .int()
    .positive()
    .default(4 * MIB),
  /** Elements in the manifest. */
  manifestElements: z.number().int().positive().default(25_000),
  /** Depth of elements in the manifest. */
  manifestDepth: z.number().int().positive().max(250).default(100),
  /** Time for parsing and validating the manifest, milliseconds. */
  manifestMilliseconds: z.number().int().positive().default(20_000),
});

/** Limits with every default filled in. */
export type PackageLimits = z.infer<typeof packageLimits>;
