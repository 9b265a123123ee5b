import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ActivityDefinition } from "../../sequencing/activity-tree.ts";
import { createFileIndex } from "../file-index.ts";
import { readManifest } from "../read-manifest.ts";
import { parseXml } from "../testing/parse-xml.ts";
import { attributeOf, walk, type XmlElement, xmlBaseOf } from "../xml-element.ts";
import { readScorm2004Manifest } from "./read-scorm2004-manifest.ts";

const NAMESPACES = `xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"`;

interface Parts {
  readonly version?: string;
  readonly organizations?: string;
  readonly resources?: string;
  readonly more?: string;
}

const RESOURCE = '<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a.html"/>';
const one = (inner = "", attributes = "") =>
  `<item identifier="a" identifierref="r" ${attributes}><title>A</title>${inner}</item>`;
const organization = (items: string, sequencing = "", attributes = "") =>
  `<organizations default="o"><organization identifier="o" ${attributes}><title>Course</title>${items}${sequencing}</organization></organizations>`;

function read({
  version = "2004 4th Edition",
  organizations = organization(one()),
  resources = RESOURCE,
  more = "",
}: Parts) {
  const text = `<manifest identifier="m" ${NAMESPACES}>
    <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
    ${organizations}<resources>${resources}</resources>${more}</manifest>`;
  const reading = readScorm2004Manifest(parseXml(text), createFileIndex(["a.html", "b c.html"]));
  return { ...reading, rules: reading.findings.map((finding) => finding.rule) };
}

/** What one item with `inner` becomes, and the rules that had something to say. */
function readItem(inner: string, version?: string) {
  const { tree, rules } = read({ organizations: organization(one(inner)), ...(version ? { version } : {}) });
  const { identifier, title, resource, ...rest } = tree?.root.children?.[0] as ActivityDefinition;
  return { item: rest, rules };
}

const sequencing = (inner: string, attributes = "") => `<imsss:sequencing ${attributes}>${inner}</imsss:sequencing>`;
const readSequencing = (inner: string) => {
  const { item, rules } = readItem(sequencing(inner));
  return { sequencing: item.sequencing, rules };
};

describe("the activity tree of a manifest", () => {
  it("is the default organization with its items, launch addresses and system flags", () => {
    const { tree, rules } = read({
      organizations: organization(
        `<item identifier="chapter" isvisible="false"><title>Chapter</title>${one("", 'parameters="?x=1"')}</item>`,
        "",
        'adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="0"',
      ),
      resources: '<resource identifier="r" adlcp:scormType="asset" xml:base="." href="b%20c.html#top"/>',
    });
    expect(rules).toEqual([]);
    expect(tree).toEqual({
      edition: "4th",
      objectivesGlobalToSystem: false,
      sharedDataGlobalToSystem: false,
      root: {
        identifier: "o",
        title: "Course",
        children: [
          {
            identifier: "chapter",
            title: "Chapter",
            visible: false,
            children: [{ identifier: "a", title: "A", resource: { href: "b%20c.html?x=1#top", type: "asset" } }],
          },
        ],
      },
    });
  });

  it("holds what an item says to the run-time environment and the player", () => {
    const { item, rules } = readItem(`
      <adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>
      <adlcp:dataFromLMS> start </adlcp:dataFromLMS>
      <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8" progressWeight="0.5"/>
      <adlcp:data><adlcp:map targetID="t" writeSharedData="false"/><adlcp:map targetID="t"/><adlcp:map/></adlcp:data>
      <adlnav:presentation><adlnav:navigationInterface>
        <adlnav:hideLMSUI>continue</adlnav:hideLMSUI><adlnav:hideLMSUI>toc</adlnav:hideLMSUI>
      </adlnav:navigationInterface></adlnav:presentation>`);
    expect(rules).toEqual([
      "scorm2004.datamap.target.duplicate",
      "scorm2004.datamap.target.missing",
      "scorm2004.hidelmsui",
    ]);
    expect(item).toEqual({
      timeLimitAction: "exit,message",
      dataFromLms: "start",
      completionThreshold: { completedByMeasure: true, minProgressMeasure: 0.8, progressWeight: 0.5 },
      dataMaps: [{ targetId: "t", writeSharedData: false }],
      hideLmsUi: ["continue"],
    });
  });

  it.each([
    ["2004 4th Edition", "4th"],
    ["2004 3rd Edition", "3rd"],
    ["2004 2nd Edition", "2nd"],
    ["CAM 1.3", "2nd"],
    ["1.3", "2nd"],
  ])("is of the edition that %s names: %s", (version, edition) => {
    const reading = read({ version });
    expect([reading.tree?.edition, reading.rules]).toEqual([edition, []]);
  });

  it("is of the 4th edition when it does not say so but uses it, otherwise of the 3rd", () => {
    const data = '<adlcp:data><adlcp:map targetID="t"/></adlcp:data>';
    expect(read({ version: "2004" })).toMatchObject({ edition: "3rd", rules: ["scorm2004.edition.assumed"] });
    expect(read({ version: "2004", organizations: organization(one(data)) })).toMatchObject({
      edition: "4th",
      rules: ["scorm2004.edition.assumed"],
    });
    expect(read({ version: "2004 3rd Edition", organizations: organization(one(data)) }).rules).toEqual([
      "scorm2004.edition.feature",
    ]);
  });

  it("takes the completion threshold of earlier editions from the element's text", () => {
    const threshold = "<adlcp:completionThreshold>0.75</adlcp:completionThreshold>";
    expect(readItem(threshold, "2004 3rd Edition")).toEqual({
      item: { completionThreshold: { minProgressMeasure: 0.75 } },
      rules: [],
    });
    expect(readItem(threshold).rules).toEqual(["scorm2004.completionthreshold.text"]);
    expect(readItem("<adlcp:completionThreshold>75</adlcp:completionThreshold>", "CAM 1.3")).toEqual({
      item: {},
      rules: ["scorm2004.completionthreshold.value"],
    });
  });
});

describe("sequencing", () => {
  it("is read whole", () => {
    const { sequencing: definition, rules } = readSequencing(`
      <imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="true"
        useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="false"/>
      <imsss:sequencingRules>
        <imsss:preConditionRule>
          <imsss:ruleConditions conditionCombination="any">
            <imsss:ruleCondition referencedObjective="p" measureThreshold="0.5" operator="not" condition="objectiveMeasureGreaterThan"/>
          </imsss:ruleConditions>
          <imsss:ruleAction action="skip"/>
        </imsss:preConditionRule>
        <imsss:exitConditionRule>
          <imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions>
          <imsss:ruleAction action="exit"/>
        </imsss:exitConditionRule>
        <imsss:postConditionRule>
          <imsss:ruleConditions><imsss:ruleCondition condition="attempted"/></imsss:ruleConditions>
          <imsss:ruleAction action="retryAll"/>
        </imsss:postConditionRule>
      </imsss:sequencingRules>
      <imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H30M"/>
      <imsss:rollupRules rollupObjectiveSatisfied="false" objectiveMeasureWeight="0.25">
        <imsss:rollupRule childActivitySet="atLeastPercent" minimumPercent="0.5">
          <imsss:rollupConditions conditionCombination="all">
            <imsss:rollupCondition operator="not" condition="satisfied"/>
          </imsss:rollupConditions>
          <imsss:rollupAction action="notSatisfied"/>
        </imsss:rollupRule>
      </imsss:rollupRules>
      <imsss:objectives>
        <imsss:objective objectiveID="s"><imsss:mapInfo targetObjectiveID="g2" writeSatisfiedStatus="true" readSatisfiedStatus="false"/></imsss:objective>
        <imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">
          <imsss:minNormalizedMeasure> 0.6 </imsss:minNormalizedMeasure>
          <imsss:mapInfo targetObjectiveID="g1"/>
        </imsss:primaryObjective>
      </imsss:objectives>
      <imsss:randomizationControls selectionTiming="once" selectCount="1" randomizationTiming="onEachNewAttempt" reorderChildren="true"/>
      <imsss:deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="1"/>
      <adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>
      <adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" measureSatisfactionIfActive="false"/>
      <adlseq:objectives><adlseq:objective objectiveID="s">
        <adlseq:mapInfo targetObjectiveID="g2" readRawScore="false" writeRawScore="true"/>
      </adlseq:objective></adlseq:objectives>`);
    expect(rules).toEqual([]);
    expect(definition).toEqual({
      controlMode: {
        choice: false,
        choiceExit: false,
        flow: true,
        forwardOnly: true,
        useCurrentAttemptObjectiveInfo: false,
        useCurrentAttemptProgressInfo: false,
      },
      constrainedChoice: { preventActivation: true, constrainChoice: true },
      preConditionRules: [
        {
          action: "skip",
          combination: "any",
          conditions: [
            { condition: "objectiveMeasureGreaterThan", operator: "not", objective: "p", measureThreshold: 0.5 },
          ],
          line: 9,
        },
      ],
      exitConditionRules: [{ action: "exit", conditions: [{ condition: "always" }], line: 15 }],
      postConditionRules: [{ action: "retryAll", conditions: [{ condition: "attempted" }], line: 19 }],
      limitConditions: {
        attemptLimit: 2,
        attemptAbsoluteDurationLimit: 5400,
        attemptAbsoluteDurationLimitText: "PT1H30M",
      },
      rollupRules: [
        {
          action: "notSatisfied",
          childActivitySet: "atLeastPercent",
          minimumPercent: 0.5,
          combination: "all",
          conditions: [{ condition: "satisfied", operator: "not" }],
          line: 26,
        },
      ],
      rollupControls: { rollupObjectiveSatisfied: false, objectiveMeasureWeight: 0.25 },
      rollupConsiderations: { requiredForSatisfied: "ifAttempted", measureSatisfactionIfActive: false },
      objectives: [
        {
          id: "p",
          satisfiedByMeasure: true,
          minNormalizedMeasure: 0.6,
          maps: [
            {
              targetId: "g1",
              readSatisfiedStatus: true,
              readNormalizedMeasure: true,
              writeSatisfiedStatus: false,
              writeNormalizedMeasure: false,
            },
          ],
        },
        {
          id: "s",
          maps: [
            {
              targetId: "g2",
              readSatisfiedStatus: false,
              readNormalizedMeasure: true,
              writeSatisfiedStatus: true,
              writeNormalizedMeasure: false,
              readRawScore: false,
              readMinScore: true,
              readMaxScore: true,
              readCompletionStatus: true,
              readProgressMeasure: true,
              writeRawScore: true,
              writeMinScore: false,
              writeMaxScore: false,
              writeCompletionStatus: false,
              writeProgressMeasure: false,
            },
          ],
        },
      ],
      selection: { timing: "once", count: 1 },
      randomization: { timing: "onEachNewAttempt", reorderChildren: true },
      deliveryControls: { tracked: false, completionSetByContent: true, objectiveSetByContent: true },
    });
  });

  it("takes from the collection what the item does not say itself, part by part", () => {
    const { tree, rules } = read({
      organizations: organization(
        one(sequencing('<imsss:controlMode flow="true"/>', 'IDRef="shared"')),
        sequencing("", 'IDRef="gone"'),
      ),
      more: `<imsss:sequencingCollection>
        <imsss:sequencing ID="shared"><imsss:controlMode choice="false"/><imsss:limitConditions attemptLimit="3"/>
          <adlseq:objectives><adlseq:objective objectiveID="x"/></adlseq:objectives></imsss:sequencing>
        <imsss:sequencing ID="shared"/></imsss:sequencingCollection>`,
    });
    expect(rules).toEqual([
      "scorm2004.sequencing.id.duplicate",
      "scorm2004.sequencing.idref.unknown",
      "scorm2004.map.objective.unknown",
    ]);
    expect(tree?.root.children?.[0]?.sequencing).toEqual({
      controlMode: { flow: true },
      limitConditions: { attemptLimit: 3 },
    });
    expect(tree?.root.sequencing).toBeUndefined();
  });

  it.each<[string, string, unknown]>([
    ["scorm2004.attribute.flag", '<imsss:controlMode flow="yes"/>', undefined],
    ["scorm2004.attribute.case", '<imsss:controlMode flow="True"/>', { controlMode: { flow: true } }],
    ["scorm2004.attribute.number", '<imsss:limitConditions attemptLimit="-1"/>', undefined],
    ["scorm2004.attribute.duration", '<imsss:limitConditions attemptAbsoluteDurationLimit="1h"/>', undefined],
    [
      "scorm2004.limit.unused",
      '<imsss:limitConditions beginTimeLimit="2026-01-01T00:00:00+01:00"/>',
      { limitConditions: { beginTimeLimit: Date.UTC(2025, 11, 31, 23) } },
    ],
    ["scorm2004.attribute.word", '<adlseq:rollupConsiderations requiredForSatisfied="never"/>', undefined],
    [
      "scorm2004.objective.id.missing",
      "<imsss:objectives><imsss:primaryObjective/><imsss:objective/></imsss:objectives>",
      { objectives: [{}, {}] },
    ],
    [
      "scorm2004.objective.primary.missing",
      '<imsss:objectives><imsss:objective objectiveID="s"/></imsss:objectives>',
      { objectives: [{}, { id: "s" }] },
    ],
    [
      "scorm2004.objective.measure.unused",
      '<imsss:objectives><imsss:primaryObjective objectiveID="p"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>',
      { objectives: [{ id: "p", minNormalizedMeasure: 0.8 }] },
    ],
    [
      "scorm2004.selection.timing",
      '<imsss:randomizationControls selectionTiming="onEachNewAttempt" selectCount="1"/>',
      { selection: { timing: "onEachNewAttempt", count: 1 } },
    ],
    [
      "scorm2004.auxiliary",
      '<imsss:auxiliaryResources><imsss:auxiliaryResource auxiliaryResourceID="x" purpose="y"/></imsss:auxiliaryResources>',
      undefined,
    ],
  ])("that breaks %s is read as far as it makes sense", (rule, inner, expected) => {
    const { sequencing: definition, rules } = readSequencing(inner);
    expect(rules).toEqual([rule]);
    expect(definition).toEqual(expected);
  });

  it("tells of maps that contradict each other", () => {
    const map = (target: string, write: boolean) =>
      `<imsss:mapInfo targetObjectiveID="${target}" readSatisfiedStatus="${!write}" readNormalizedMeasure="false" writeSatisfiedStatus="${write}"/>`;
    const { rules } = readSequencing(`<imsss:objectives>
      <imsss:primaryObjective objectiveID="p">${map("a", false)}${map("b", false)}${map("g", true)}</imsss:primaryObjective>
      <imsss:objective objectiveID="s">${map("g", true)}</imsss:objective></imsss:objectives>`);
    expect(rules).toEqual(["scorm2004.map.read.twice", "scorm2004.map.write.twice"]);
  });

  it("takes references to objectives, also to global ones, for what they mean as URIs", () => {
    const { sequencing: definition, rules } = readSequencing(`<imsss:sequencingRules><imsss:preConditionRule>
      <imsss:ruleConditions><imsss:ruleCondition condition="satisfied" referencedObjective=" %20obj%20%201 "/></imsss:ruleConditions>
      <imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>
      <imsss:objectives><imsss:primaryObjective objectiveID="obj%201">
        <imsss:mapInfo targetObjectiveID=" %20all%20%20one "/></imsss:primaryObjective></imsss:objectives>`);
    expect(rules).toEqual([]);
    expect(definition?.objectives?.[0]?.maps?.[0]?.targetId).toBe("all one");
    expect(definition?.preConditionRules?.[0]?.conditions[0]?.objective).toBe("obj%201");
  });

  it("leaves out rules that could never apply", () => {
    const rule = (conditions: string, action: string) =>
      `<imsss:preConditionRule><imsss:ruleConditions>${conditions}</imsss:ruleConditions>${action}</imsss:preConditionRule>`;
    const always = '<imsss:ruleCondition condition="always"/>';
    const skip = '<imsss:ruleAction action="skip"/>';
    const { sequencing: definition, rules } = readSequencing(
      `<imsss:sequencingRules>${[
        rule("", skip),
        rule(always, '<imsss:ruleAction action="retry"/>'),
        rule(always, ""),
        rule(`${always}<imsss:ruleCondition condition="passed"/>`, skip),
        rule('<imsss:ruleCondition condition="satisfied" referencedObjective="nobody"/>', skip),
      ].join("")}</imsss:sequencingRules>`,
    );
    expect(rules).toEqual([
      "scorm2004.rule.conditions",
      "scorm2004.attribute.word",
      "scorm2004.rule.action",
      "scorm2004.rule.action",
      "scorm2004.attribute.word",
      "scorm2004.rule.condition.partial",
      "scorm2004.rule.objective.unknown",
    ]);
    expect(definition?.preConditionRules).toHaveLength(2);
  });
});

describe("a manifest that cannot be played", () => {
  it.each<[string, Parts]>([
    ["scorm2004.resource.href.absent", { resources: RESOURCE.replace("a.html", "gone.html") }],
    ["scorm2004.resource.href.scheme", { resources: RESOURCE.replace("a.html", "javascript:alert(1)") }],
    ["scorm2004.resource.href.outside", { resources: RESOURCE.replace("a.html", "../a.html") }],
    ["scorm2004.resource.href.missing", { resources: RESOURCE.replace('href="a.html"', "") }],
    ["scorm2004.item.resource.unknown", { resources: "" }],
    ["scorm2004.organizations.missing", { organizations: "<organizations/>" }],
    ["scorm2004.organization.empty", { organizations: organization("") }],
    [
      "scorm2004.organization.nothing-to-launch",
      { organizations: organization('<item identifier="a"><title>A</title></item>') },
    ],
  ])("is refused whole: %s", (rule, parts) => {
    const { tree, findings } = read(parts);
    expect(tree).toBeUndefined();
    expect(findings.filter(({ severity }) => severity === "error").map((finding) => finding.rule)).toEqual([rule]);
  });
});

describe("an outline", () => {
  const root = parseXml(
    `<manifest identifier="m" ${NAMESPACES}><metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
      ${organization(`<item identifier="chapter"><title>Chapter</title>${one("", 'isvisible="false"')}</item>`)}
      <resources>${RESOURCE}</resources></manifest>`,
  );
  const files = createFileIndex(["a.html"]);

  it("is one of SCORM 2004 by the namespace of its packaging alone", () => {
    const silent = parseXml(
      '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><organizations/><resources/></manifest>',
    );
    expect(readManifest(silent, files).detected).toMatchObject({
      standard: "scorm2004",
      name: "SCORM 2004 3rd Edition",
      source: "namespace",
    });
  });

  it("has a tree to be played by and an outline to be shown", () => {
    const { outline, findings, title } = readManifest(root, files);
    expect(findings).toEqual([]);
    expect(outline?.tree?.root.children).toHaveLength(1);
    expect(outline).toEqual({
      standard: "scorm2004",
      manifestIdentifier: "m",
      organizationIdentifier: "o",
      title,
      activities: [
        {
          identifier: "chapter",
          title: "Chapter",
          visible: true,
          children: [
            { identifier: "a", title: "A", visible: false, launch: { href: "a.html", type: "sco" }, children: [] },
          ],
        },
      ],
      tree: outline?.tree,
    });
  });
});

describe("a finding", () => {
  it("says file, line, clause and what a learner would notice", () => {
    const { findings } = read({
      organizations: organization(one(), sequencing('\n\n<imsss:controlMode choice="false"/>')),
    });
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "scorm2004.controlmode.unreachable",
        title: "The items below \u201cCourse\u201d can be reached neither by flow nor by choice",
        meaning: expect.stringContaining("Learners"),
        file: "imsmanifest.xml",
        line: 7,
        clause: "SCORM 2004 SN, 3.2",
        otherLms: true,
      }),
    ]);
  });
});

const folder = `${process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../../../../shared/adl-scorm2004", import.meta.url))}/manifests`;
const present = existsSync(folder);
const absent = present ? "" : ` (skipped: they are not in ${folder}; ADL_SCORM2004_DIR names another folder)`;
const names = present ? readdirSync(folder).filter((name) => name.endsWith(".xml")) : ["none"];

/** The files that a manifest names, as its package has them. */
function filesOf(manifest: XmlElement): string[] {
  const files: string[] = [];
  for (const resource of walk(manifest)) {
    if (resource.name !== "resource") continue;
    const base = xmlBaseOf(resource) ?? "";
    const named = [resource, ...resource.children.filter(({ name }) => name === "file")];
    for (const element of named) files.push(`${base}${(attributeOf(element, "href") ?? "").split("?")[0]}`);
  }
  return files;
}

describe.skipIf(!present)(`ADL's manifests${absent}`, () => {
  it.each(names)("%s is read without an error, and every item becomes an activity", (name) => {
    const manifest = parseXml(readFileSync(`${folder}/${name}`, "utf8"));
    const { tree, findings } = readScorm2004Manifest(manifest, createFileIndex(filesOf(manifest)), name);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const items = [...walk(manifest)].filter((element) => element.name === "item");
    const count = (activity: ActivityDefinition): number =>
      (activity.children ?? []).reduce((sum, child) => sum + count(child), 1);
    expect(tree?.edition).toBe("4th");
    expect(tree && count(tree.root) - 1).toBe(items.length);
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
  });

  it("give no cause for a warning but one: CM-14 has items that only a jump reaches", () => {
    const rules = new Map<string, number>();
    for (const name of names) {
      const manifest = parseXml(readFileSync(`${folder}/${name}`, "utf8"));
      const { findings } = readScorm2004Manifest(manifest, createFileIndex(filesOf(manifest)), name);
      for (const { rule, severity } of findings) {
        if (severity === "warning") rules.set(rule, (rules.get(rule) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(rules)).toEqual({ "scorm2004.controlmode.unreachable": 2 });
  });
});
