import {
  PostbackAuth,
  PostbackBody,
  type PostbackSettings,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";

/**
 * Header fields and body of a postback. Without settings it is a form with the credentials in it when there are some, as SCORM Cloud's
 * default; basic authentication goes with a JSON body there, and here with either.
 */
export function postbackRequest(
  { body, auth, username }: PostbackSettings,
  password: string,
  result: object,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly shownBody: string } {
  const json = JSON.stringify(result);
  const basic = auth === PostbackAuth.BASIC;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const signIn = basic ? { authorization } : {};
  if (body === PostbackBody.JSON || (body === PostbackBody.UNSPECIFIED && basic)) {
    return { headers: { "content-type": "application/json; charset=UTF-8", ...signIn }, body: json, shownBody: json };
  }
  const form = new URLSearchParams({ data: json });
  const inForm = auth === PostbackAuth.FORM || auth === PostbackAuth.UNSPECIFIED;
  if (inForm && username !== "") form.set("userName", username);
  const shownBody = form.toString();
  if (inForm && password !== "") form.set("password", password);
  return {
    headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", ...signIn },
    body: form.toString(),
    shownBody,
  };
}
