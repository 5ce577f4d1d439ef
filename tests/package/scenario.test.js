// Scenarios: walked, checked, shared.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

import { rolewalk, startWorlds } from './rolewalk.js'

const { decodeShare, encodeShare, runCheck, runScenario } = rolewalk
const worlds = startWorlds()

test('start worlds walk, and their checks pass', () => {
  for (const world of worlds) {
    const walked = runScenario(world)
    assert.equal(walked.ok, true, JSON.stringify(walked.diagnostics))
    assert.equal(walked.results.length, walked.flow.hops.length)
    assert.deepEqual(runScenario(JSON.stringify(world)), walked)
    const shut = walked.results.findIndex((it) => it.outcome === 'blocked')
    assert.equal(walked.stopsAt, walked.flow.hops[shut]?.kind ?? null)
    assert.ok(world.checks.length > 0, world.name)
    for (const check of world.checks) {
      const checked = runCheck(world, check)
      assert.equal(checked.outcome?.type, 'passed', JSON.stringify(checked.outcome?.mismatches ?? checked))
    }
  }
})

test('what hinges on a policy that cannot be read is not judged', () => {
  const world = structuredClone(worlds[0])
  const role = world.world.home.roles.find((it) => it.name === world.choice.role)
  role.trustPolicy = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
  const walked = runScenario(world)
  assert.equal(walked.ok, true)
  assert.equal(walked.results[walked.flow.hops.findIndex((it) => it.kind === 'assumeRole')].outcome, 'notEvaluated')
  assert.match(walked.diagnostics[0].message, /is not an effect/)
  assert.equal(runCheck(world, world.checks[0]).ok, false)
})

test('a check that expects something else fails and says what', () => {
  const [world] = worlds
  const checked = runCheck(world, { name: 'shut', expect: { stopsAt: 'signIn' } })
  assert.equal(checked.ok, true)
  assert.equal(checked.outcome.type, 'failed')
  assert.deepEqual(checked.outcome.mismatches, [{ type: 'stopsAt', expected: 'signIn', found: null }])
})

test('a shared scenario comes back whole', () => {
  for (const world of worlds) {
    const { ok, text } = encodeShare(world)
    assert.equal(ok, true)
    const [version, payload, sum] = text.split('.')
    assert.equal(version, 'v1')
    assert.match(payload, /^[\w-]+$/)
    assert.match(sum, /^[0-9a-f]{8}$/)
    // Any inflater reads it.
    assert.equal(JSON.parse(inflateRawSync(Buffer.from(payload, 'base64url'))).name, world.name)
    const back = decodeShare(text)
    assert.equal(back.ok, true)
    assert.deepEqual(runScenario(back.scenario), runScenario(world))
    assert.deepEqual(decodeShare(encodeShare(back.scenario).text), back)
  }
})

test('names that JavaScript has plans for come back like any other', () => {
  const world = structuredClone(worlds[0])
  world.world.home.roles[0].tags = JSON.parse('{"__proto__": "a", "constructor": "b"}')
  const { text } = encodeShare(world)
  const back = decodeShare(text)
  assert.equal(JSON.stringify(back.scenario.world.home.roles[0].tags), '{"__proto__":"a","constructor":"b"}')
  assert.equal(encodeShare(back.scenario).text, text)
})

test('spans of a scenario lie in its documents as they are laid out', () => {
  for (const world of worlds) {
    const { flow } = runScenario(world)
    const roles = world.world.home.roles
    let n = 0
    for (const { subject } of flow.hops.flatMap((it) => it.checks)) {
      const statements = subject.trace?.layers.flatMap((it) => it.statements) ?? []
      for (const { at } of statements.filter((it) => it.at.document.startsWith('trust:'))) {
        const { trustPolicy } = roles.find((it) => `trust:${it.name}` === at.document)
        const text = typeof trustPolicy === 'string' ? trustPolicy : JSON.stringify(trustPolicy, null, 2)
        const statement = JSON.parse(text.slice(at.span.start, at.span.end))
        assert.equal(statement.Sid ?? null, at.sid)
        n += 1
      }
    }
    assert.equal(n > 0, roles.length > 0, world.name)
  }
})

test('a link that is cut off, changed, newer, too large or none is refused, each for its reason', () => {
  const { text } = encodeShare(worlds[0])
  const shared = (json, version = 'v1') => `${version}.${Buffer.from(deflateRawSync(json, { level: 9 })).toString('base64url')}.${adler32(json)}`
  const links = [
    ['cut off', text.slice(0, -20), 'damaged-link'],
    ['its end', text.slice(0, -1), 'damaged-link'],
    ['one character changed', text.slice(0, 60) + (text[60] === 'A' ? 'B' : 'A') + text.slice(61), 'damaged-link'],
    ['wrong checksum', text.replace(/\.[0-9a-f]{8}$/, '.00000000'), 'damaged-link'],
    ['newer', text.replace('v1.', 'v9.'), 'unknown-share-version'],
    ['a difference from a world of the page', shared('["working-studio","00000000",{"name":["x"]}]', 'v2'), 'unknown-base'],
    ['a damaged difference', shared('[1]', 'v2'), 'damaged-link'],
    ['a bomb', shared(' '.repeat(300_000)), 'unpacks-too-large'],
    ['a large bomb', shared(' '.repeat(30_000_000)), 'unpacks-too-large'],
    ['too long', `v1.${'A'.repeat(1_000_000)}.00000001`, 'text-too-long'],
    ['no scenario', shared('{}'), 'not-a-scenario'],
    ['no link', 'https://example.com/', 'not-a-shared-scenario'],
    ['empty', '', 'not-a-shared-scenario'],
    ['blank', '   ', 'not-a-shared-scenario']
  ]
  for (const [name, link, code] of links) {
    const result = decodeShare(link)
    assert.equal(result.ok, false, name)
    const [finding] = result.diagnostics
    assert.equal(finding.code, code, name)
    assert.ok(finding.message.length > 0 && finding.help.length > 0, name)
  }
})

test('a scenario too large for a link is refused for the size that is too large', () => {
  // Noise, so that packing gains little.
  let seed = 1
  const noise = (n) => Array.from({ length: n }, () => ((seed = (seed * 48271) % 2147483647) % 36).toString(36)).join('')
  const large = { ...worlds[0], about: noise(120_000) }
  assert.equal(encodeShare(large).diagnostics[0].code, 'link-too-long')
  const larger = { ...worlds[0], about: 'x'.repeat(300_000) }
  assert.equal(encodeShare(larger).diagnostics[0].code, 'scenario-too-large')
})

test('what is wrong with a scenario is named by its field, and in a text by its line', () => {
  const world = structuredClone(worlds[0])
  world.world.home.roles[1].nam = 1
  const [finding] = runScenario(world).diagnostics
  assert.match(finding.path, /^scenario\.world/)
  assert.match(finding.message, /unknown field `nam`/)
  const [inText] = runScenario(JSON.stringify(world, null, 1)).diagnostics
  assert.match(inText.message, /at line \d+, column \d+$/)
})

/** RFC 1950. */
function adler32(text) {
  let [a, b] = [1, 0]
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return (b * 65536 + a).toString(16).padStart(8, '0')
}
