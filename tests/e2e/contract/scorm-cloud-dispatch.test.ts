import { buildQuizPackage } from "@coursemesh/samples/sample-courses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import yauzl from "yauzl";
import { secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CloudCall, CloudError, scormCloudClient } from "./scorm-cloud-client.ts";

interface CloudDispatch {
  readonly destinationId: string;
  readonly destinationName: string;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly registrationCap: number;
  readonly registrationCount: number;
  readonly allowNewRegistrations: boolean;
  readonly instanced: boolean;
  readonly enabled: boolean;
  readonly expirationDate?: Date;
  readonly tags: string[];
  readonly notes: string;
}
interface DispatchList {
  readonly dispatches: { readonly id: string; readonly data: CloudDispatch }[];
  readonly more?: string;
}
interface DestinationList {
  readonly destinations: { readonly id: string; readonly data: { readonly name: string; readonly tags: string[] } }[];
}

let product: Product;
let call: CloudCall;

beforeAll(async () => {
  product = await startProduct();
  call = scormCloudClient(product, product.apiKey);
  const quiz = await buildQuizPackage();
  await restClient(product).importCourse("quiz", quiz);
  await restClient(product).importCourse("other", quiz);
});
afterAll(() => product.remove());

const dispatch = <Data = Record<string, unknown>>(operation: string, ...parameters: unknown[]) =>
  call<Data>("DispatchApi", operation, ...parameters);

async function failure(answer: Promise<unknown>): Promise<CloudError> {
  const error = await answer.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof CloudError) return error;
  throw error;
}

/** Names of the files in a zip. */
function filesIn(zip: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(zip, (error, file) => {
      if (error) return reject(error);
      const names: string[] = [];
      file.on("entry", ({ fileName }: yauzl.Entry) => void names.push(fileName));
      file.on("end", () => resolve(names));
    });
  });
}

describe("destinations by the vendor's client", () => {
  it("are made, changed, tagged, listed and removed", async () => {
    const made = await dispatch("createDestinations", {
      destinations: [
        { id: "harbour", data: { name: "Harbour", email: "it@harbour.example", tags: ["north"] } },
        { id: "airport", data: { name: "Airport" } },
        { id: "station", data: { name: "Station" } },
      ],
    });
    expect(made.status).toBe(204);
    await dispatch("setDestination", "airport", { name: "Airport North", notes: "renamed" });
    await dispatch("putDestinationTagsBatch", { ids: ["harbour", "airport"], tags: ["transport", "North"] });
    expect((await dispatch("getDestination", "harbour")).data).toMatchObject({
      name: "Harbour",
      email: "it@harbour.example",
      tags: ["north", "transport"],
    });
    await dispatch("deleteDestinationTags", "airport", { tags: ["north"] });
    expect((await dispatch("getDestinationTags", "airport")).data).toMatchObject({ tags: ["transport"] });
    const { data, headers } = await dispatch<DestinationList>("getDestinations", { includeTotalCount: true });
    expect(data.destinations.map(({ id, data: { name } }) => [id, name])).toEqual([
      ["station", "Station"],
      ["harbour", "Harbour"],
      ["airport", "Airport North"],
    ]);
    expect(headers["x-total-count"]).toBe("3");
    const found = await dispatch<DestinationList>("getDestinations", { filter: "air", filterBy: "destination_name" });
    expect(found.data.destinations.map(({ id }) => id)).toEqual(["airport"]);
    await dispatch("deleteDestination", "station");
    expect((await failure(dispatch("getDestination", "station"))).status).toBe(404);
    expect(await failure(dispatch("setDestination", "lti", { name: "LTI", lti13Data: { issuer: "x" } }))).toMatchObject(
      {
        status: 400,
        message: expect.stringContaining("lti13Data"),
      },
    );
  });
});

describe("dispatches by the vendor's client", () => {
  const expirationDate = new Date("2031-05-06T07:08:09.000Z");

  it("are made with their terms, once for a course and destination", async () => {
    const data = {
      courseId: "quiz",
      destinationId: "harbour",
      registrationCap: 50,
      expirationDate,
      tags: ["spring"],
      notes: "n",
    };
    await dispatch("createDispatches", { dispatches: [{ id: "quiz-harbour", data }] });
    const { data: made } = await dispatch<CloudDispatch>("getDispatch", "quiz-harbour");
    expect(made).toMatchObject({
      ...{
        courseId: "quiz",
        destinationId: "harbour",
        destinationName: "Harbour",
        registrationCap: 50,
        registrationCount: 0,
      },
      ...{ allowNewRegistrations: true, instanced: true, enabled: true, tags: ["spring"], notes: "n", expirationDate },
    });
    expect(made.courseTitle).not.toBe("");
    await dispatch("createDispatches", { dispatches: [{ data: { ...data, registrationCap: 60 } }] });
    expect((await dispatch<CloudDispatch>("getDispatch", "quiz-harbour")).data.registrationCap).toBe(60);
    const taken = await failure(dispatch("createDispatches", { dispatches: [{ id: "second", data }] }));
    expect(taken).toMatchObject({ status: 400, message: expect.stringContaining("has a dispatch of this course") });
    const unknown = { courseId: "nothing", destinationId: "harbour" };
    expect((await failure(dispatch("createDispatches", { dispatches: [{ data: unknown }] }))).status).toBe(404);
  });

  it("are listed by course, destination, tag and time, in order and by pages", async () => {
    await dispatch("createDispatches", {
      dispatches: [
        { id: "other-harbour", data: { courseId: "other", destinationId: "harbour" } },
        { id: "quiz-airport", data: { courseId: "quiz", destinationId: "airport", tags: ["autumn"] } },
      ],
    });
    const idsOf = async (parameters: object) =>
      (await dispatch<DispatchList>("getDispatches", parameters)).data.dispatches.map(({ id }) => id);
    expect(await idsOf({ orderBy: "created_asc" })).toEqual(["quiz-harbour", "other-harbour", "quiz-airport"]);
    expect(await idsOf({ courseId: "quiz", orderBy: "created_desc" })).toEqual(["quiz-airport", "quiz-harbour"]);
    expect(await idsOf({ tags: ["autumn"] })).toEqual(["quiz-airport"]);
    expect(await idsOf({ since: new Date("2099-01-01"), datetimeFilter: "created" })).toEqual([]);
    const ofHarbour = await dispatch<DispatchList>("getDestinationDispatches", "harbour", { orderBy: "created_asc" });
    expect(ofHarbour.data.dispatches.map(({ id }) => id)).toEqual(["quiz-harbour", "other-harbour"]);
  });

  it("are changed one by one, all of a destination, and by filter", async () => {
    const read = async (id: string) => (await dispatch<CloudDispatch>("getDispatch", id)).data;
    await dispatch("updateDispatch", "quiz-harbour", { allowNewRegistrations: false, email: "a@b.example" });
    expect(await read("quiz-harbour")).toMatchObject({
      allowNewRegistrations: false,
      registrationCap: 60,
      expirationDate,
    });
    await dispatch("setDispatchEnabled", "quiz-harbour", { enabled: false });
    expect((await dispatch("getDispatchEnabled", "quiz-harbour")).data).toMatchObject({ enabled: false });
    await dispatch("setDestinationDispatchEnabled", "harbour", { enabled: true });
    await dispatch("enableRegistrationInstancing", "harbour", { enabled: false });
    expect(await read("other-harbour")).toMatchObject({ enabled: true, instanced: false });
    await dispatch("updateDestinationHashUserInfo", "harbour", { enabled: true });
    expect((await dispatch("getDispatchHashUserInfo", "other-harbour")).data).toMatchObject({ enabled: true });
    expect((await dispatch("getDestinationHashUserInfo", "harbour")).data).toMatchObject({ enabled: true });

    expect(await failure(dispatch("updateDispatches", { notes: "all" }, {}))).toMatchObject({ status: 400 });
    await dispatch("updateDispatches", { notes: "quiz only" }, { courseId: "quiz" });
    expect([(await read("quiz-airport")).notes, (await read("other-harbour")).notes]).toEqual(["quiz only", ""]);
    await dispatch("putDispatchTagsBatch", { ids: ["quiz-airport", "other-harbour"], tags: ["winter"] });
    expect((await dispatch("getDispatchTags", "quiz-airport")).data).toMatchObject({ tags: ["autumn", "winter"] });
    await dispatch("deleteDispatchTags", "quiz-airport", { tags: ["autumn"] });
    expect((await dispatch("getDispatchTags", "quiz-airport")).data).toMatchObject({ tags: ["winter"] });
  });

  it("are counted and counted anew", async () => {
    expect((await dispatch("getDispatchRegistrationCount", "quiz-harbour")).data).toMatchObject({
      registrationCount: 0,
    });
    expect((await dispatch("getDestinationDispatchRegistrationCount", "harbour")).data).toMatchObject({ result: 0 });
    await dispatch("resetDispatchRegistrationCount", "quiz-harbour");
    const { data } = await dispatch<{ lastResetDate?: Date }>("getDispatchRegistrationCount", "quiz-harbour");
    expect(data.lastResetDate).toBeInstanceOf(Date);
    await dispatch("resetDestinationDispatchRegistrationCount", "harbour");
  });

  it("are exported as packages, one or all of a destination", async () => {
    const { data } = await dispatch<Buffer>("getDispatchZip", "quiz-harbour", { type: "SCORM_12" });
    expect(await filesIn(data)).toEqual(expect.arrayContaining(["imsmanifest.xml", "index.html", "launcher.js"]));
    const all = await dispatch<Buffer>("getDestinationDispatchZip", "harbour", {});
    expect((await filesIn(all.data)).filter((name) => name.endsWith(".zip"))).toHaveLength(2);
  });

  it("have a postback that can be taken away", async () => {
    const postBack = { url: "https://results.example.com/hook", authType: "HTTPBASIC", userName: "u", password: "p" };
    await dispatch("updateDispatch", "quiz-airport", { postBack });
    expect((await dispatch("deleteDispatchPostbackInfo", "quiz-airport")).status).toBe(204);
  });

  it("are removed one by one, by filter, and with their destination's others", async () => {
    await dispatch("deleteDispatch", "quiz-airport");
    expect((await failure(dispatch("getDispatch", "quiz-airport"))).status).toBe(404);
    expect((await failure(dispatch("deleteDispatches", {}))).status).toBe(400);
    await dispatch("deleteDispatches", { courseId: "other" });
    expect((await failure(dispatch("getDispatch", "other-harbour"))).status).toBe(404);
    await dispatch("deleteDestinationDispatches", "harbour");
    const { data } = await dispatch<DispatchList>("getDispatches", {});
    expect(data.dispatches).toEqual([]);
  });

  it("are not there for another organization", async () => {
    await dispatch("createDispatches", {
      dispatches: [{ id: "mine", data: { courseId: "quiz", destinationId: "harbour" } }],
    });
    const stranger = restClient(product, await secondOwner(product));
    for (const path of ["/dispatch/dispatches/mine", "/dispatch/destinations/harbour", "/dispatch/dispatches/mine/zip"])
      expect((await stranger.request("GET", path)).status, path).toBe(404);
    const listed = (await (await stranger.request("GET", "/dispatch/dispatches")).json()) as DispatchList;
    expect(listed.dispatches).toEqual([]);
  });
});
