import { fork } from "node:child_process";
import { type Finding, reportInto } from "@coursemesh/scorm/manifest/finding.ts";
import type { XmlElement } from "@coursemesh/scorm/manifest/xml-element.ts";
import type { PackageLimits } from "../package-limits.ts";
import { refusal } from "../package-refusal.ts";
import { decodeXml } from "./decode-xml.ts";
import { xmlRules } from "./xml-rules.ts";
import type { SchemaProblem, XmlTask, XmlTaskResult } from "./xml-task.ts";

/** A manifest as plain data, with what its file format and its schema give reason to say. */
export interface XmlReading {
  readonly root: XmlElement;
  readonly comments: readonly string[];
  readonly findings: readonly Finding[];
  /** Kept apart: they are left out where a rule about the sense of the manifest says it better. */
  readonly problems: readonly SchemaProblem[];
}

/** Tags, comments and attributes that one allowed element stands for. */
const MARKUP_PER_ELEMENT = 6;

/** Heap of the process, MiB; a manifest at its limits needs a third of it. */
const HEAP_MIB = 96;

/**
 * Parses and validates a manifest in a process of its own, with a time limit. Throws `PackageRefusal`.
 * Not in a thread: Node ends the whole process when a thread is terminated while it runs WebAssembly.
 */
export async function readXml(
  bytes: Uint8Array,
  file: string,
  limits: PackageLimits,
  signal?: AbortSignal,
): Promise<XmlReading> {
  const findings: Finding[] = [];
  const report = reportInto(findings, xmlRules, { file });
  const decoded = decodeXml(bytes, file);
  if (decoded.wrongEncoding) report("xml.encoding.wrong", decoded.wrongEncoding, { line: 1 });
  if (decoded.leadingSpace) report("xml.leading", {}, { line: 1 });
  // Counted before parsing, because the parser's own tree is the larger one: comments and attributes cost it as much as elements.
  if (markupIn(decoded.text) > limits.manifestElements * MARKUP_PER_ELEMENT) {
    throw refusal("xml.elements", { limit: String(limits.manifestElements) }, { file });
  }
  const task = { text: decoded.text, maxDepth: limits.manifestDepth, maxElements: limits.manifestElements };
  const result = await runInProcess(task, limits.manifestMilliseconds, signal);
  switch (result.kind) {
    case "parsed":
      return { root: result.root, comments: result.comments, problems: result.problems, findings };
    case "malformed":
      throw refusal("xml.malformed", { detail: result.detail }, { file, line: result.line });
    case "doctype":
      throw refusal("xml.doctype", {}, { file });
    case "depth":
      throw refusal("xml.depth", { limit: String(limits.manifestDepth) }, { file });
    case "elements":
      throw refusal("xml.elements", { limit: String(limits.manifestElements) }, { file });
  }
}

async function runInProcess(task: XmlTask, milliseconds: number, signal?: AbortSignal): Promise<XmlTaskResult> {
  const child = fork(new URL("./xml-process.ts", import.meta.url), {
    // Flags and environment of the server are not its business.
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    return await new Promise<XmlTaskResult>((resolve, reject) => {
      const tooLong = () => refusal("xml.time", { seconds: String(Math.round(milliseconds / 1000)) });
      timer = setTimeout(() => reject(tooLong()), milliseconds);
      stop = () => reject(signal?.reason);
      if (signal?.aborted) stop();
      signal?.addEventListener("abort", stop);
      child.once("message", (result) => resolve(result as XmlTaskResult));
      child.once("error", reject);
      child.once("exit", (_, killedBy) => {
        // V8 ends a process whose heap is full with SIGABRT.
        const exhausted = killedBy === "SIGABRT" || killedBy === "SIGTRAP";
        const limit = String(task.maxElements);
        reject(exhausted ? refusal("xml.elements", { limit }) : new Error("the XML process ended without an answer"));
      });
      child.send(task, (error) => error && reject(error));
    });
  } finally {
    clearTimeout(timer);
    if (stop) signal?.removeEventListener("abort", stop);
    child.kill("SIGKILL");
  }
}

function markupIn(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3c || code === 0x3d) count += 1;
  }
  return count;
}
