import { hostileArchives } from "./hostile-archives.ts";
import { hostileBombs } from "./hostile-bombs.ts";
import { hostileEntries } from "./hostile-entries.ts";
import { hostileManifests } from "./hostile-manifests.ts";
import type { HostilePackage } from "./hostile-package.ts";
import { hostilePaths } from "./hostile-paths.ts";
import { hostileXml } from "./hostile-xml.ts";
import { scorm2004Items } from "./scorm2004-items.ts";
import { scorm2004Sequencing } from "./scorm2004-sequencing.ts";

/** Every hostile, broken or sloppy package with the verdict it must get. */
export const hostileCorpus: readonly HostilePackage[] = [
  ...hostilePaths,
  ...hostileEntries,
  ...hostileBombs,
  ...hostileArchives,
  ...hostileXml,
  ...hostileManifests,
  ...scorm2004Items,
  ...scorm2004Sequencing,
];
