/** Languages that a verifier is shown in. */
export const LANGUAGES = ["node", "python", "curl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A receiver that checks signatures, ready to run. @param secret shown in it; a placeholder when it is not known any more */
export function verifierSnippet(language: Language, secret: string, url: string): string {
  switch (language) {
    case "node":
      return `// npm install standardwebhooks
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? "${secret}");

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  try {
    const event = webhook.verify(body, request.headers);
    console.log(event.type, event.id); // the same id may come twice: remember it
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end("signature does not match");
  }
}).listen(3000);`;
    case "python":
      return `# pip install standardwebhooks flask
import os
from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
webhook = Webhook(os.environ.get("WEBHOOK_SECRET", "${secret}"))

@app.post("/")
def receive():
    try:
        event = webhook.verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return "signature does not match", 401
    print(event["type"], event["id"])  # the same id may come twice: remember it
    return "", 204`;
    case "curl":
      return `# A signed example to your receiver, as we would send it
SECRET='${secret}'
ID="msg_test"; TIME=$(date +%s); BODY='{"id":"msg_test","type":"webhook.test","data":{}}'
KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')
SIGNATURE=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64)
curl -X POST '${url || "http://127.0.0.1:3000/"}' -H 'content-type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" -H "webhook-signature: v1,$SIGNATURE" -d "$BODY"`;
  }
}
