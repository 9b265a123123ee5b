import type { FileIndex } from "./file-index.ts";
import { walk, type XmlElement } from "./xml-element.ts";

/** The tool that seems to have made a package. */
export interface AuthoringTool {
  readonly name: string;
  readonly version?: string;
}

/** Words of comments, namespaces and identifiers in the manifest that a tool leaves, most telling first. */
const SAID: readonly (readonly [string, RegExp])[] = [
  ["Articulate Storyline", /\bstoryline\s*([\d.]+)?/i],
  ["Articulate Rise", /\barticulate\s+rise\b|\brise\s*360\b/i],
  ["Adobe Captivate", /\bcaptivate\s*([\d.]+)?/i],
  ["iSpring", /\bispring(?:\s+suite|\s+presenter|\s+quizmaker)?\s*([\d.]+)?/i],
  ["Lectora", /\blectora\b(?:\D{0,20}([\d.]+))?/i],
  ["eXeLearning", /\bexe\s?learning\s*([\d.]+)?/i],
  ["Adapt", /\badapt(?:_learning|\s+(?:learning|framework))\s*v?([\d.]+)?/i],
  ["Elucidat", /\belucidat\b/i],
  ["Evolve", /\bappitierre|evolve\s+authoring/i],
  ["Xerte", /\bxerte\b/i],
  ["H5P", /\bh5p\b/i],
  ["Easygenerator", /\beasygenerator\b/i],
  ["dominKnow", /\bdominknow\b/i],
  ["CourseLab", /\bcourselab\s*([\d.]+)?/i],
  ["Reload Editor", /\breload\s+(?:scorm\s+)?editor\b(?:\D{0,12}([\d.]+))?/i],
  ["Articulate", /\barticulate\b/i],
  ["Golf example (Rustici Software)", /\bgolfsamples\b/i],
];

/** Files that a tool always writes. */
const WRITES: readonly (readonly [string, RegExp])[] = [
  ["Articulate Rise", /(?:^|\/)scormcontent\/lib\/(?:rise|main\.bundle|icomoon)/i],
  ["Articulate Storyline", /(?:^|\/)story_content\/|(?:^|\/)story(?:_html5)?\.html$/i],
  ["Articulate Presenter", /(?:^|\/)presentation_content\//i],
  ["Adobe Captivate", /(?:^|\/)(?:CPM\.js|assets\/js\/CPXHRLoader\.js|cp\/|callees\/)/i],
  ["iSpring", /(?:^|\/)res\/(?:data\/browsersupport|ispring|lms\.js)/i],
  ["Lectora", /(?:^|\/)trivantis[\w-]*\.(?:js|css)$/i],
  ["eXeLearning", /(?:^|\/)(?:contentv[23]\.xml|exe_jquery\.js)$/i],
  ["Adapt", /(?:^|\/)adapt\/js\/adapt\.min\.js$/i],
  ["H5P", /(?:^|\/)h5p\.json$/i],
  ["Xerte", /(?:^|\/)xttracking_|(?:^|\/)xenith\.js$/i],
];

/** Names the authoring tool by what the manifest says, then by the files that lie in the package; `undefined` when nothing tells. */
export function detectAuthoringTool(
  manifest: XmlElement,
  comments: readonly string[],
  files: FileIndex,
): AuthoringTool | undefined {
  const said = [...comments, ...sayings(manifest)];
  for (const [name, pattern] of SAID) {
    for (const text of said) {
      const match = pattern.exec(text);
      if (match) return match[1] ? { name, version: match[1].replace(/\.+$/, "") } : { name };
    }
  }
  for (const [name, pattern] of WRITES) {
    for (const path of files.paths()) if (pattern.test(path)) return { name };
  }
  return undefined;
}

/** Texts in which a tool names itself; titles are left out because a course may be about the tool. */
function* sayings(manifest: XmlElement): Generator<string> {
  for (const attribute of manifest.attributes) yield attribute.value;
  for (const element of walk(manifest)) {
    if (/^(?:generator|authoringtool|adapt_manifest)$/i.test(element.name)) yield `${element.name} ${element.text}`;
    if (/ispring|articulate|exelearning|lectora|captivate/i.test(element.namespace)) yield element.namespace;
  }
}
