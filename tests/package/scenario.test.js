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

test('a link that is cut off, changed, newer, too large or none is refused', () => {
  const { text } = encodeShare(worlds[0])
  const packed = (json) => Buffer.from(deflateRawSync(json, { level: 9 })).toString('base64url')
  const links = {
    'cut off': text.slice(0, -20),
    'its end': text.slice(0, -1),
    'one character changed': text.slice(0, 60) + (text[60] === 'A' ? 'B' : 'A') + text.slice(61),
    'wrong checksum': text.replace(/\.[0-9a-f]{8}$/, '.00000000'),
    newer: text.replace('v1.', 'v2.'),
    'a bomb': `v1.${packed(' '.repeat(30_000_000))}.00000001`,
    'too long': `v1.${'A'.repeat(1_000_000)}.00000001`,
    'no scenario': `v1.${packed('{}')}.00000001`,
    'no link': 'https://example.com/',
    empty: '',
    blank: '   '
  }
  for (const [name, link] of Object.entries(links)) {
    const result = decodeShare(link)
    assert.equal(result.ok, false, name)
    const [{ message, help }] = result.diagnostics
    assert.ok(message.length > 0 && help.length > 0, `${name}: ${JSON.stringify(result)}`)
  }
})
