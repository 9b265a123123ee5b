import { describe, expect, it } from "vitest";
import { hacpForm, readGroups, readHacp, writeGroups } from "./hacp.ts";

describe("a request", () => {
  it("is a form that any host can read", () =>
    expect(hacpForm("PutParam", "a+b&c=1", "[core]\r\nlesson_status=passed\r\n")).toBe(
      "command=PutParam&version=2.2&session_id=a%2Bb%26c%3D1&aicc_data=%5Bcore%5D%0D%0Alesson_status%3Dpassed%0D%0A",
    ));
});

describe("an answer", () => {
  it("is read in the form of the book", () =>
    expect(
      readHacp("error=0\r\nerror_text=Successful\r\nversion=3.5\r\naicc_data=[core]\r\nStudent_ID=jane\r\n"),
    ).toEqual({
      error: "0",
      errorText: "Successful",
      version: "3.5",
      data: "[core]\r\nStudent_ID=jane\r\n",
    }));

  it("is read in any case, with blanks, line ends of one character, and data on the next line", () =>
    expect(readHacp("ERROR = 0\nError_Text=ok\nAICC_Data =\n[Core]\nStudent_ID=j")).toEqual({
      error: "0",
      errorText: "ok",
      version: "",
      data: "[Core]\nStudent_ID=j",
    }));

  it.each([
    ["error=3\r\nerror_text=Invalid Session ID\r\nversion=2.2\r\n", "3", "Invalid Session ID"],
    ["<html><body>Sign in</body></html>", "", ""],
    ["", "", ""],
  ])("%j has the error %j", (body, error, errorText) =>
    expect(readHacp(body)).toMatchObject({ error, errorText, data: "" }));
});

describe("data", () => {
  const data = [
    "[Core]",
    "Student_ID = a=b",
    "student_name=Doe, Jane",
    "; Student_ID=nobody",
    "Lesson_Status=N, Ab-initio",
    "Score=",
    "[CORE_LESSON]",
    "cmt1.x=y;z",
    "",
    "second line",
    "",
    "[Student_Preferences]",
    "Language=de",
  ].join("\r\n");

  it("is read by group and keyword, texts as they are", () => {
    const groups = readGroups(data);
    expect(Object.fromEntries(groups.get("core") ?? [])).toEqual({
      student_id: "a=b",
      student_name: "Doe, Jane",
      lesson_status: "N, Ab-initio",
      score: "",
    });
    expect(groups.get("core_lesson")?.get("")).toBe("cmt1.x=y;z\n\nsecond line");
    expect(groups.get("student_preferences")?.get("language")).toBe("de");
  });

  it("that was written is read as it was", () => {
    const written = writeGroups({ core: { lesson_status: "passed", score: "8,10,0" }, core_lesson: "cmt1.token" });
    expect(written).toBe("[core]\r\nlesson_status=passed\r\nscore=8,10,0\r\n[core_lesson]\r\ncmt1.token\r\n");
    const groups = readGroups(written);
    expect(groups.get("core")?.get("score")).toBe("8,10,0");
    expect(groups.get("core_lesson")?.get("")).toBe("cmt1.token");
  });

  it("has no keyword that hides in a value", () =>
    expect(writeGroups({ core: { lesson_location: "a\r\nlesson_status=passed" } })).toBe(
      "[core]\r\nlesson_location=a lesson_status=passed\r\n",
    ));
});
