// The package under test, started as its README says for Node.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The folder of the package. */
export const FOLDER = path.resolve(process.env.ROLEWALK_PACKAGE ?? path.join(import.meta.dirname, '../../target/package'))

export const rolewalk = await import(pathToFileURL(path.join(FOLDER, 'rolewalk.js')).href)
rolewalk.initSync({ module: readFileSync(path.join(FOLDER, 'rolewalk_bg.wasm')) })

/** The corpus as the native half answers it: `{ name, case, answer }`. */
export function nativeAnswers() {
  return lines('ROLEWALK_ANSWERS', 'corpus-answers.jsonl')
}

/** The start worlds of the page. */
export function startWorlds() {
  return lines('ROLEWALK_WORLDS', 'start-worlds.jsonl')
}

// `cargo xtask test package` writes both.
function lines(variable, name) {
  const file = process.env[variable] ?? path.join(import.meta.dirname, '../../target/xtask', name)
  const text = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return text.map((line) => JSON.parse(line))
}
