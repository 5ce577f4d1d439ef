// Every function is total: whatever it is given, it gives `ok: true`, or diagnostics that say what to do.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { FOLDER, rolewalk, startWorlds } from './rolewalk.js'

const { decodeShare, encodeShare, evaluate, lintPolicy, parsePolicy, PolicySet, runCheck, runScenario, version, whoCan } = rolewalk

const ALLOW = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
const REQUEST = {
  principal: 'arn:aws:iam::111122223333:user/alice',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::acme/x'
}

/** Values that no function expects. */
function strangers() {
  const cycle = {}
  cycle.self = cycle
  return [
    undefined,
    null,
    0,
    NaN,
    10n,
    true,
    '',
    'text',
    '\ud800',
    Symbol('s'),
    () => {},
    [],
    {},
    cycle,
    new Proxy({}, { ownKeys: () => { throw new Error('proxy') } }),
    { get request() { throw new Error('getter') } },
    { toJSON: () => undefined },
    { toJSON() { throw new Error('toJSON') } },
    new Map([['request', REQUEST]]),
    new Uint8Array(8),
    JSON.parse('['.repeat(2_000) + ']'.repeat(2_000)),
    JSON.parse('{"request":'.repeat(2_000) + '1' + '}'.repeat(2_000))
  ]
}

function assertRefused(result, name) {
  assert.equal(result.ok, false, name)
  assert.ok(result.diagnostics.length > 0, name)
  for (const { code, severity, message, help, labels } of result.diagnostics) {
    assert.match(code, /^[a-z0-9-]+$/, name)
    assert.ok(severity === 'error' || severity === 'warning', name)
    assert.ok(message.length > 0 && help.length > 0 && Array.isArray(labels), name)
  }
}

test('strange values are refused, and nothing throws', () => {
  const set = new PolicySet({ identity: [ALLOW] })
  const [world] = startWorlds()
  for (const [idx, value] of strangers().entries()) {
    const name = `stranger ${idx}`
    assertRefused(evaluate(value), name)
    assertRefused(evaluate({ request: value, policies: {} }), name)
    assertRefused(set.evaluate(value), name)
    assertRefused(set.decide(value), name)
    assertRefused(set.decideMany([REQUEST, value]), name)
    if (!(Array.isArray(value) && value.length === 0)) {
      assertRefused(set.decideMany(value), name)
    }
    assertRefused(parsePolicy(JSON.stringify(ALLOW), value), name)
    assertRefused(parsePolicy(value, 'identity'), name)
    assertRefused(lintPolicy(JSON.stringify(ALLOW), value), name)
    assertRefused(runScenario(value), name)
    assertRefused(runCheck(value, value), name)
    assertRefused(runCheck(world, value), name)
    assertRefused(whoCan(value, { action: 's3:GetObject', resource: '*' }), name)
    assertRefused(whoCan(world, value), name)
    assertRefused(encodeShare(value), name)
    assertRefused(decodeShare(value), name)
    const made = new PolicySet(value, value)
    const result = made.evaluate(REQUEST)
    // Only what has no fields at all says nothing wrong.
    if (result.ok) {
      assert.equal(JSON.stringify(value), '{}', name)
    } else {
      assertRefused(result, name)
    }
    made.free()
  }
})

test('whoever calls before the wasm has started is told to start it', async () => {
  // A module of its own, which nobody has started.
  const early = await import(pathToFileURL(path.join(FOLDER, 'rolewalk.js')).href + '?early')
  const told = { name: 'Error', message: /`await init\(\)` first/ }
  for (const question of [
    () => early.evaluate({}),
    () => early.version(),
    () => early.lintPolicy('{}', 'identity'),
    () => new early.PolicySet({}),
    () => new early.Catalogue()
  ]) {
    assert.throws(question, told)
  }
  early.initSync({ module: readFileSync(path.join(FOLDER, 'rolewalk_bg.wasm')) })
  assert.equal(early.version().ok, true)
  early.initSync({ module: new Uint8Array(0) })
  await early.default({ module_or_path: new Uint8Array(0) })
  assert.equal(early.version().ok, true, 'started once is enough')
})

test('what was freed says so, and is freed again without a word', () => {
  for (const [made, ask] of [
    [new PolicySet({ identity: [ALLOW] }), (it) => it.evaluate(REQUEST)],
    [new PolicySet({ identity: [ALLOW] }), (it) => it.decide(REQUEST)],
    [new PolicySet({ identity: [ALLOW] }), (it) => it.decideMany([])],
    [new rolewalk.Catalogue(), (it) => it.read('all.json', '{}')]
  ]) {
    const { name } = made.constructor
    made.free()
    made.free()
    assert.throws(() => ask(made), { name: 'Error', message: new RegExp(`this \`${name}\` was freed: make another one`) })
  }
})

test('what is wrong with the input is named by its field', () => {
  const at = (question) => evaluate(question).diagnostics.map((it) => it.path)
  const policies = { identity: [ALLOW] }
  assert.deepEqual(at({ request: REQUEST, policies, extra: 1 }), ['extra'])
  assert.deepEqual(at({ request: { ...REQUEST, resorce: 'x' }, policies }), ['request.resorce'])
  assert.deepEqual(at({ request: { ...REQUEST, principal: 'alice' }, policies }), ['request.principal'])
  assert.deepEqual(at({ request: { ...REQUEST, principal: { type: 'Anonymous', x: 1 } }, policies }), ['request.principal.x'])
  assert.deepEqual(at({ request: { ...REQUEST, action: 'GetObject' }, policies }), ['request.action'])
  assert.deepEqual(at({ request: { ...REQUEST, resource: 'bucket' }, policies }), ['request.resource'])
  assert.deepEqual(at({ request: { ...REQUEST, resourceAccount: '12' }, policies }), ['request.resourceAccount'])
  assert.deepEqual(at({ request: { ...REQUEST, context: { a: 1 } }, policies }), ['request.context.a'])
  assert.deepEqual(at({ request: { ...REQUEST, context: { SourceIp: '203.0.113.7' } }, policies }), ['request.context.SourceIp'])
  assert.deepEqual(at({ request: REQUEST, policies: { identities: [] } }), ['policies.identities'])
  assert.deepEqual(at({ request: REQUEST, policies, settings: { s4: {} } }), ['settings.s4'])
  const set = new PolicySet(policies)
  const many = set.decideMany([REQUEST, { ...REQUEST, action: 'x' }])
  assert.deepEqual(many.diagnostics.map((it) => it.path), ['requests[1].action'])
  const shape = set.decideMany([REQUEST, { ...REQUEST, acton: 'x' }])
  assert.deepEqual(shape.diagnostics.map((it) => it.path), ['requests[1].acton'])
})

test('an object is an object, never a list of its values', () => {
  const policies = { identity: [ALLOW] }
  const [world] = startWorlds()
  const { principal, action, resource } = REQUEST
  for (const question of [
    [REQUEST, policies],
    { request: [principal, action, resource, null, null, null], policies },
    { request: REQUEST, policies: [[ALLOW]] },
    { request: REQUEST, policies: [] },
    { request: REQUEST, policies, settings: [] },
    { request: REQUEST, policies, settings: { s3: [true, true] } }
  ]) {
    assertRefused(evaluate(question), JSON.stringify(question))
  }
  assertRefused(new PolicySet([]).evaluate(REQUEST))
  assertRefused(new PolicySet([]).decideMany([]))
  for (const scenario of [
    Object.values(world),
    { ...world, invitation: Object.values(world.invitation) },
    { ...world, checks: [['n', 'chosenWalk', { stopsAt: null }]] }
  ]) {
    assertRefused(runScenario(scenario))
    assertRefused(encodeShare(scenario))
  }
  assertRefused(runCheck(world, ['n', 'chosenWalk', { stopsAt: null }]))
})

test('callers, actions and keys that cannot be are refused', () => {
  const policies = { identity: [ALLOW] }
  const at = (fields) => evaluate({ request: { ...REQUEST, ...fields }, policies }).diagnostics?.map((it) => it.path)
  const session = 'arn:aws:sts::111122223333:assumed-role/A/s'
  const user = 'arn:aws:iam::111122223333:user/a'
  for (const principal of [
    { session: 'arn:aws:s3:::x', role: 'arn:aws:s3:::y' },
    { session, role: 'arn:aws:iam::999999999999:role/A' },
    { session, role: 'arn:aws:iam::111122223333:role/B' },
    { federatedUser: 'arn:aws:s3:::x', user },
    { federatedUser: 'arn:aws:sts::111122223333:federated-user/f', user: 'arn:aws:iam::999999999999:user/a' },
    { type: 'Federated', provider: '' },
    '.',
    '\n.',
    'a b.amazonaws.com'
  ]) {
    assert.deepEqual(at({ principal }), ['request.principal'], JSON.stringify(principal))
  }
  for (const action of ['s3:*', 's3:Get?bject', 's3:', ':x', 'a:b:c', 's3:Get Object']) {
    assert.deepEqual(at({ action }), ['request.action'], action)
  }
  const twice = evaluate({ request: { ...REQUEST, context: { 'aws:x': '1', 'AWS:X': '2' } }, policies })
  assertRefused(twice)
  assert.match(twice.diagnostics[0].message, /AWS:X/)
})

test('a trust policy is one for whatever assumes a role', () => {
  const trust = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } }
  for (const resource of ['arn:aws:iam::111122223333:role/R', '*']) {
    const answer = evaluate({ request: { ...REQUEST, action: 'sts:AssumeRole', resource }, policies: { resource: trust } })
    assert.equal(answer.ok, true, JSON.stringify(answer.diagnostics))
  }
})

test('messages are one line of bearable length', () => {
  const long = `a\n${'x'.repeat(60_000)}`
  const policies = { identity: [ALLOW] }
  for (const result of [
    parsePolicy('{}', long),
    decodeShare(`v${'9'.repeat(60_000)}.x.y`),
    evaluate({ request: { ...REQUEST, principal: long }, policies }),
    evaluate({ request: { ...REQUEST, action: long }, policies }),
    evaluate({ request: { ...REQUEST, resource: long }, policies })
  ]) {
    assertRefused(result)
    const [{ message }] = result.diagnostics
    assert.ok(message.length < 300 && !message.includes('\n'), message.slice(0, 100))
  }
})

test('lists with many keys take no longer than their requests one by one, many times over', () => {
  const keys = (n) => Object.fromEntries(Array.from({ length: n }, (_, idx) => [`aws:PrincipalTag/K${idx}`, 'v']))
  const set = new PolicySet({ identity: [ALLOW] })
  const one = { ...REQUEST, context: { ...keys(20_000), 'aws:x': '1' } }
  const other = { ...REQUEST, context: { ...keys(20_000), 'aws:x': '2' } }
  assert.deepEqual(set.decideMany([one, other]).decisions, ['allowed', 'allowed'])
})

test('what may be left out may also be null or undefined', () => {
  const request = { ...REQUEST, context: undefined, resourceAccount: undefined }
  const policies = { identity: [ALLOW], resource: null, boundary: null, session: null, scps: [], rcps: [], vpcEndpoint: null }
  assert.equal(evaluate({ request, policies }).decision, 'allowed')
  assert.equal(evaluate({ request, policies: {} }).decision, 'implicitDeny')
})

test('documents that cannot be read are told of, with their places', () => {
  const broken = '{"Version": "2012-10-17", "Statement": [{"Effect": "Alow", "Action": "*", "Resource": "*"}]}'
  const set = new PolicySet({ identity: [ALLOW, broken], scps: [[ALLOW], ['{']], resource: broken })
  const result = set.evaluate(REQUEST)
  assertRefused(result)
  const documents = new Set(result.diagnostics.map((it) => it.document))
  assert.deepEqual(documents, new Set(['identity[1]', 'scps[1][0]', 'resource']))
  const { span } = result.diagnostics.find((it) => it.document === 'identity[1]').labels[0]
  assert.equal(broken.slice(span.start, span.end), '"Alow"')
})

test('hostile documents give a diagnostic or an answer', () => {
  const statement = (fields) => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...fields } })
  const documents = {
    'one megabyte of statements': `{"Version":"2012-10-17","Statement":[${Array(12_000).fill('{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::a*b"}').join(',')}]}`,
    'nesting of 10,000': '['.repeat(10_000) + ']'.repeat(10_000),
    'objects nested 10,000 deep': '{"Statement":'.repeat(10_000) + '1' + '}'.repeat(10_000),
    'a pattern of a million characters': statement({ Resource: `arn:aws:s3:::${'*a'.repeat(500_000)}b` }),
    'control characters': statement({ Sid: '\u0000\u0007\u001b' }),
    'half characters': statement({ Resource: 'arn:aws:s3:::\ud800/*' }),
    'half characters in their escapes': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"\\ud800"}}',
    'a number too large': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"aws:a":1e999999}}}}',
    'a byte order mark': `\ufeff${statement({})}`,
    'nothing': '',
    'blanks': ' '.repeat(1_000_000)
  }
  for (const [name, document] of Object.entries(documents)) {
    for (const kind of ['identity', 'resource', 'trust', 'boundary', 'session', 'scp', 'rcp', 'vpcEndpoint']) {
      const parsed = parsePolicy(document, kind)
      assert.ok(parsed.ok || parsed.diagnostics.length > 0, `${name}: ${kind}`)
    }
    const answer = evaluate({ request: { ...REQUEST, resource: `arn:aws:s3:::${'a'.repeat(1_000)}` }, policies: { identity: [document] } })
    assert.equal(typeof answer.ok, 'boolean', name)
    if (!answer.ok) {
      assertRefused(answer, name)
    }
  }
})

test('parsePolicy says what is there and what IAM would say', () => {
  const parsed = parsePolicy(JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'A', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { Null: { 'aws:x': 'true' } } }]
  }), 'identity')
  assert.equal(parsed.ok, true)
  assert.deepEqual(parsed.diagnostics, [])
  const [{ span, ...statement }] = parsed.policy.statements
  assert.deepEqual(statement, {
    sid: 'A',
    effect: 'Deny',
    notAction: ['iam:*', 'sts:*'],
    resource: ['*'],
    conditions: [{ operator: 'Null', key: 'aws:x', values: ['true'] }]
  })
  assert.equal(span.end - span.start > 10, true)
  const refused = parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}', 'identity')
  assert.equal(refused.ok, false)
  assert.equal(refused.iamError, 'Policy statement must contain resources.')
})

test('version tells the engine', () => {
  const { ok, engine, catalogue, scenarioFormat } = version()
  assert.equal(ok, true)
  assert.match(engine, /^\d+\.\d+\.\d+$/)
  assert.match(catalogue, /^\d{4}-\d{2}-\d{2}$/)
  assert.equal(Number.isInteger(scenarioFormat), true)
})
