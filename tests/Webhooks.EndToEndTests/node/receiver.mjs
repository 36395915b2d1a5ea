// A subscriber that verifies each delivery with the published libraries and prints what they say, one line of JSON each.
// PUT /<name> with a secret as the body makes an endpoint; POST /<name> is a delivery to it.
import { createServer } from 'node:http';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const secrets = new Map();

function verify(library, secret, body, headers) {
  try {
    new library(secret).verify(body, headers);
    return 'valid';
  } catch (error) {
    return String(error);
  }
}

function report(secret, body, headers) {
  const altered = Buffer.concat([body, Buffer.from(' ')]);
  return {
    id: headers['webhook-id'],
    body: body.toString('utf8'),
    standardwebhooks: verify(StandardWebhook, secret, body, headers),
    svix: verify(SvixWebhook, secret, body, headers),
    standardwebhooksAltered: verify(StandardWebhook, secret, altered, headers),
    svixAltered: verify(SvixWebhook, secret, altered, headers),
  };
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);

  if (request.method === 'PUT') {
    secrets.set(request.url, body.toString('utf8'));
  } else {
    console.log(JSON.stringify(report(secrets.get(request.url), body, request.headers)));
  }
  response.writeHead(204).end();
});

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
