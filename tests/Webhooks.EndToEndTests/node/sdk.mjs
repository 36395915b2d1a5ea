// Drives every operation of the published SDK that the service has, against a real server, and verifies what is delivered.
// Usage: node sdk.mjs <server> <key>. Prints a line of JSON for each request; ends with 0 only if everything was as it should be.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { ApiException, Svix, Webhook, messageInRaw } from 'svix';

const [serverUrl, key] = process.argv.slice(2);

async function recorded(input, init) {
  const response = await fetch(input, init);
  console.log(JSON.stringify({ method: init?.method ?? 'GET', path: new URL(input.url ?? input).pathname, status: response.status }));
  return response;
}

const clientOf = (token) => new Svix(token, { serverUrl, fetch: recorded });
const svix = clientOf(key);

// Each delivery waits here until it is asked for.
const deliveries = new Map();
let answer = 204;
const receiver = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  deliveries.set(request.headers['webhook-id'], { headers: request.headers, body: Buffer.concat(chunks) });
  response.writeHead(answer).end('answered');
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const receiverUrl = `http://127.0.0.1:${receiver.address().port}/`;

async function eventually(what, look) {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} did not come about within 30 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function refused(status, promise) {
  await assert.rejects(promise, (error) => error instanceof ApiException && error.code === status);
}

function verified(secret, { body, headers }) {
  new Webhook(secret).verify(body, headers); // throws where the signature is not right
  return JSON.parse(body.toString());
}

const delivered = (id) => eventually(`The delivery of ${id}`, () => deliveries.get(id));

async function applications() {
  const made = await svix.application.create({ name: 'Acme', uid: 'acme', metadata: { plan: 'gold' } });
  assert.ok(made.createdAt instanceof Date);
  assert.equal((await svix.application.getOrCreate({ name: 'Other', uid: 'acme' })).id, made.id);
  await refused(409, svix.application.create({ name: 'Acme', uid: 'acme' }));
  assert.equal((await svix.application.get('acme')).name, 'Acme');
  assert.equal((await svix.application.patch('acme', { name: 'Acme Corp.' })).metadata.plan, 'gold');
  assert.deepEqual((await svix.application.upsert('acme', { name: 'Acme', uid: 'acme' })).metadata, {});
  assert.equal((await svix.application.upsert('temporary', { name: 'Temporary' })).uid, 'temporary');
  const page = await svix.application.list({ limit: 1 });
  assert.equal(page.done, false);
  assert.equal((await svix.application.list({ iterator: page.iterator })).data[0].uid, 'temporary');
  await svix.application.delete('temporary');
  await refused(404, svix.application.get('temporary'));
}

async function eventTypes() {
  const schemas = { 1: { type: 'object', examples: [{ invoiceId: 'in_1' }] } };
  await svix.eventType.create({ name: 'invoice.paid', description: 'Paid', schemas });
  await refused(409, svix.eventType.create({ name: 'invoice.paid', description: 'Paid' }));
  await svix.eventType.upsert('invoice.voided', { description: 'Voided', featureFlags: ['beta'] });
  assert.equal((await svix.eventType.patch('invoice.voided', { deprecated: true })).featureFlag, 'beta');
  assert.deepEqual((await svix.eventType.get('invoice.paid')).schemas, schemas);
  assert.deepEqual((await svix.eventType.list()).data.map((type) => type.name), ['invoice.paid', 'invoice.voided']);
  await svix.eventType.upsert('invoice.lost', { description: 'Lost' });
  await svix.eventType.delete('invoice.lost', { expunge: true });
  await refused(404, svix.eventType.get('invoice.lost'));
}

async function endpoints() {
  const made = await svix.endpoint.create('acme', { url: receiverUrl, uid: 'orders', eventTypes: ['invoice.paid'], headers: { 'x-first': '0' } });
  assert.deepEqual((await svix.endpoint.getHeaders('acme', 'orders')).headers, { 'x-first': '0' });
  assert.equal((await svix.endpoint.get('acme', 'orders')).id, made.id);
  assert.equal((await svix.endpoint.patch('acme', 'orders', { description: 'Orders' })).url, receiverUrl);
  assert.equal((await svix.endpoint.upsert('acme', 'orders', { url: receiverUrl, uid: 'orders' })).description, '');
  await svix.endpoint.upsert('acme', 'temporary', { url: receiverUrl, disabled: true });
  assert.equal((await svix.message.precheck('acme', { eventType: 'anything.at.all' })).active, true); // A disabled endpoint holds it.
  assert.equal((await svix.endpoint.list('acme')).data.length, 2);
  await svix.endpoint.delete('acme', 'temporary');
  await prechecks();

  await svix.endpoint.setHeaders('acme', 'orders', { headers: { 'X-Tenant': 'acme', Authorization: 'Bearer s3cret' } });
  await svix.endpoint.patchHeaders('acme', 'orders', { headers: { 'x-added': '1' } });
  const shown = await svix.endpoint.getHeaders('acme', 'orders');
  assert.deepEqual(shown, { headers: { 'x-tenant': 'acme', 'x-added': '1' }, sensitive: ['authorization'] });
  await refused(422, svix.endpoint.setHeaders('acme', 'orders', { headers: { 'webhook-id': 'mine' } }));
}

async function prechecks() {
  await svix.endpoint.patch('acme', 'orders', { eventTypes: ['invoice.paid'], channels: ['eu'] });
  const active = async (eventType, channels) => (await svix.message.precheck('acme', { eventType, channels })).active;
  assert.equal(await active('invoice.paid', ['us', 'eu']), true);
  assert.equal(await active('invoice.paid', ['us']), false);
  assert.equal(await active('invoice.paid'), false);
  assert.equal(await active('invoice.voided', ['eu']), false);
  await svix.endpoint.patch('acme', 'orders', { eventTypes: null, channels: null });
  assert.equal(await active('invoice.voided'), true);
}

async function signing() {
  const old = (await svix.endpoint.getSecret('acme', 'orders')).key;
  await svix.endpoint.rotateSecret('acme', 'orders', {});
  const current = (await svix.endpoint.getSecret('acme', 'orders')).key;
  assert.notEqual(old, current);

  const message = await svix.message.create('acme', { eventType: 'invoice.paid', payload: { invoiceId: 'in_2' }, eventId: 'evt-2' });
  const delivery = await delivered(message.id);
  for (const secret of [old, current]) assert.deepEqual(verified(secret, delivery), { invoiceId: 'in_2' });
  const { headers, body } = delivery;
  assert.throws(() => verified(current, { headers, body: Buffer.concat([body, Buffer.from(' ')]) }));
  assert.deepEqual([headers['x-tenant'], headers['x-added'], headers.authorization], ['acme', '1', 'Bearer s3cret']);
  return current;
}

async function messages(secret) {
  const example = await svix.endpoint.sendExample('acme', 'orders', { eventType: 'invoice.paid' });
  assert.deepEqual(verified(secret, await delivered(example.id)), { invoiceId: 'in_1' });

  const raw = await svix.message.create('acme', messageInRaw('invoice.paid', '{"raw":  1.50}'));
  assert.equal((await delivered(raw.id)).body.toString(), '{"raw":  1.50}');

  assert.deepEqual((await svix.message.get('acme', 'evt-2', { withContent: true })).payload, { invoiceId: 'in_2' });
  assert.equal((await svix.message.list('acme')).data[0].id, raw.id);
  await svix.message.expungeContent('acme', 'evt-2');
  assert.deepEqual((await svix.message.get('acme', 'evt-2', { withContent: true })).payload, { expired: true });
  await refused(400, svix.messageAttempt.resend('acme', 'evt-2', 'orders'));
  return example.id;
}

async function attempts(id) {
  const [attempt] = (await eventually('The attempt', async () => {
    const page = await svix.messageAttempt.listByMsg('acme', id);
    return page.data.length > 0 && page;
  })).data;
  assert.deepEqual([attempt.status, attempt.statusText, attempt.responseStatusCode], [0, 'success', 204]);
  assert.equal((await svix.messageAttempt.get('acme', id, attempt.id)).id, attempt.id);
  await eventually('Three attempts', async () =>
    (await svix.messageAttempt.listByEndpoint('acme', 'orders', { status: 0 })).data.length === 3);
  assert.equal((await svix.messageAttempt.listAttemptedDestinations('acme', id)).data[0].statusText, 'success');

  answer = 500;
  const failed = await svix.message.create('acme', { eventType: 'invoice.paid', payload: {} });
  const between = await eventually('The first try', async () =>
    (await svix.messageAttempt.listAttemptedMessages('acme', 'orders', { status: 3 })).data.find((m) => m.id === failed.id && m.nextAttempt));
  assert.ok(between.nextAttempt instanceof Date);
  assert.deepEqual((await svix.endpoint.getStats('acme', 'orders')), { success: 3, pending: 0, sending: 1, fail: 0, canceled: 0 });

  answer = 204;
  deliveries.delete(id);
  await svix.messageAttempt.resend('acme', id, 'orders');
  await delivered(id);
  await svix.messageAttempt.expungeContent('acme', id, attempt.id);
  assert.equal((await svix.messageAttempt.get('acme', id, attempt.id)).response, 'EXPUNGED');
}

async function tasks() {
  const since = new Date(Date.now() - 3_600_000);
  const until = new Date(Date.now() + 3_600_000);
  const ended = async ({ id, status }) => {
    assert.equal(status, 'running');
    return eventually('The end of the task', async () => {
      const task = await svix.backgroundTask.get(id);
      return task.status !== 'running' && task;
    });
  };
  const inStatus = (status) => eventually(`A message with status ${status}`, async () =>
    (await svix.messageAttempt.listAttemptedMessages('tasks', 'once', { status })).data.length === 1);

  await svix.application.create({ name: 'Tasks', uid: 'tasks' });
  await svix.endpoint.create('tasks', { url: receiverUrl, uid: 'once' });
  await fetch(new URL('/api/v1/app/tasks/endpoint/once', serverUrl), { // Beyond the contract: tried once, so that it fails at once.
    method: 'PATCH',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ retryScheduleSeconds: [] }),
  });
  answer = 400;
  const { id } = await svix.message.create('tasks', { eventType: 'invoice.paid', payload: { n: 1 } });
  await inStatus(2);
  answer = 204;

  deliveries.delete(id);
  await refused(422, svix.endpoint.recover('tasks', 'once', { since: new Date(Date.now() - 15 * 86_400_000) }));
  const recovered = await ended(await svix.endpoint.recover('tasks', 'once', { since }));
  assert.deepEqual([recovered.status, recovered.task], ['finished', 'endpoint.recover']);
  assert.deepEqual([recovered.data.messagesSent, recovered.data.mayBeDuplicates], [1, 0]);
  await delivered(id);
  await inStatus(0);

  deliveries.delete(id);
  const filter = { since, until, eventTypes: ['invoice.paid'], status: 0, statusCodeClass: 200 };
  const replayed = await ended(await svix.endpoint.bulkReplay('tasks', 'once', filter));
  assert.deepEqual([replayed.task, replayed.data.sent, replayed.data.mayBeDuplicates], ['endpoint.bulk-replay', 1, 1]);
  await delivered(id);

  await svix.endpoint.create('tasks', { url: receiverUrl, uid: 'late' });
  const missed = await ended(await svix.endpoint.replayMissing('tasks', 'late', { since }));
  assert.deepEqual([missed.task, missed.data.sent], ['endpoint.replay', 1]);

  await refused(422, svix.statistics.aggregateAppStats({ since, until, appIds: ['nobody'] }));
  const started = await svix.statistics.aggregateAppStats({ since, until, appIds: ['tasks', 'nobody'] });
  assert.deepEqual(started.unresolvedAppIds, ['nobody']);
  const counted = await ended(started);
  const [{ appUid, messages, messageDestinations }] = counted.data.appStats;
  assert.deepEqual([counted.task, appUid, messages, messageDestinations], ['application.stats', 'tasks', 1, 2]);

  const page = await svix.backgroundTask.list({ status: 'finished', order: 'ascending' });
  assert.deepEqual(page.data.map((task) => task.id), [recovered.id, replayed.id, missed.id, counted.id]);
  assert.equal((await svix.backgroundTask.list({ task: 'endpoint.recover', limit: 1 })).data[0].id, recovered.id);
  await refused(404, svix.backgroundTask.get('qtask_none'));
}

// What was pushed is there to be read, too: from the first on, and by a named reader from where it has confirmed to be.
async function polling(secret, exampleId) {
  const { poller } = svix.message;
  const first = await poller.poll('acme', 'orders', { limit: 2 });
  assert.deepEqual([first.data[0].eventId, first.data[0].payload, first.done], ['evt-2', { expired: true }, false]);
  const [, example] = first.data;
  assert.equal(example.id, exampleId);
  new Webhook(secret).verify(JSON.stringify(example.payload), example.headers);
  const rest = await poller.poll('acme', 'orders', { iterator: first.iterator, eventType: 'invoice.paid' });
  assert.deepEqual([rest.data[0].payload, rest.data.at(-1).id, rest.done], [{ raw: 1.5 }, exampleId, true]);
  assert.equal((await poller.poll('acme', 'orders', { after: new Date(Date.now() + 60_000) })).data.length, 0);

  const page = await poller.consumerPoll('acme', 'orders', 'warehouse', { limit: 2 });
  const again = await poller.consumerPoll('acme', 'orders', 'warehouse', { limit: 2 });
  assert.deepEqual(again.data.map((m) => m.id), page.data.map((m) => m.id));
  const next = await poller.consumerPoll('acme', 'orders', 'warehouse', { iterator: page.iterator });
  assert.deepEqual(next.data.map((m) => m.id), rest.data.map((m) => m.id));
  const sought = await poller.consumerSeek('acme', 'orders', 'warehouse', { after: new Date(0) });
  assert.equal(typeof sought.iterator, 'string');
  assert.equal((await poller.consumerPoll('acme', 'orders', 'warehouse')).data.length, next.data.length + 2);
  await refused(422, poller.poll('acme', 'orders', { iterator: 'nonsense' }));
}

async function authentication() {
  const access = await svix.authentication.appPortalAccess('acme', { featureFlags: ['beta'] });
  assert.ok(access.url.endsWith(`#token=${access.token}`));
  const portal = clientOf(access.token);
  assert.equal((await portal.endpoint.list('acme')).data.length, 1);
  assert.equal((await portal.eventType.list()).data.length, 2);
  await refused(403, portal.application.list());
  await portal.authentication.logout();
  await refused(401, portal.endpoint.list('acme'));

  const other = clientOf((await svix.authentication.appPortalAccess('acme', {})).token);
  assert.equal((await other.eventType.list()).data.length, 1);
  await svix.authentication.expireAll('acme', {});
  await refused(401, other.eventType.list());
}

async function operationalWebhooks() {
  const webhooks = svix.operationalWebhook.endpoint;
  const made = await webhooks.create({ url: receiverUrl, uid: 'operations', eventTypes: ['endpoint.created'], headers: { 'x-first': '0' } });
  assert.ok(made.createdAt instanceof Date);
  assert.deepEqual([made.uid, made.eventTypes, made.disabled, made.metadata], ['operations', ['endpoint.created'], false, {}]);
  assert.equal((await webhooks.get('operations')).id, made.id);
  assert.equal((await webhooks.upsert('operations', { url: receiverUrl, eventTypes: ['endpoint.created'], description: 'Ops' })).description, 'Ops');
  await webhooks.upsert('temporary', { url: receiverUrl, disabled: true });
  assert.equal((await webhooks.list({ limit: 1, order: 'ascending' })).data[0].id, made.id);
  await webhooks.delete('temporary');
  await refused(404, webhooks.get('temporary'));
  await refused(422, webhooks.create({ url: receiverUrl, eventTypes: ['invoice.paid'] }));

  await webhooks.setHeaders('operations', { headers: { 'X-Team': 'ops', Authorization: 'Bearer s3cret' } });
  assert.deepEqual(await webhooks.getHeaders('operations'), { headers: { 'x-team': 'ops' }, sensitive: ['authorization'] });
  const old = (await webhooks.getSecret('operations')).key;
  await webhooks.rotateSecret('operations');
  const current = (await webhooks.getSecret('operations')).key;
  assert.notEqual(old, current);

  const { id } = await svix.endpoint.create('acme', { url: receiverUrl, uid: 'told', disabled: true });
  const told = await eventually('The operational event', () => [...deliveries.values()].find(({ body }) => body.includes(id)));
  const { id: appId } = await svix.application.get('acme');
  for (const secret of [old, current])
    assert.deepEqual(verified(secret, told), { type: 'endpoint.created', data: { appId, appUid: 'acme', endpointId: id, endpointUid: 'told' } });
  assert.deepEqual([told.headers['x-team'], told.headers.authorization], ['ops', 'Bearer s3cret']);
  await webhooks.delete('operations');
  await svix.endpoint.delete('acme', 'told');
}

await svix.health.get();
await applications();
await eventTypes();
await endpoints();
const secret = await signing();
const exampleId = await messages(secret);
await attempts(exampleId);
await polling(secret, exampleId);
await tasks();
await authentication();
await operationalWebhooks();
receiver.closeAllConnections();
receiver.close();
