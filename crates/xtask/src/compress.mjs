// Writes name.br and name.gz beside every file of a folder that is worth it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH_IT = /\.(html|css|js|json|svg|txt|wasm|webmanifest)$|(^|\/)LICENSE$/;
/** Smaller files fit into the packet that they come in. */
const MIN_BYTES = 1024;

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile() && WORTH_IT.test(it.name))
  .map((it) => join(it.parentPath ?? it.path, it.name));

async function compress(path) {
  const bytes = readFileSync(path);
  if (bytes.length < MIN_BYTES) return 0;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length, [BROTLI_PARAM_LGWIN]: 22 };
  const copies = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  for (const [idx, ending] of [".br", ".gz"].entries()) {
    if (copies[idx].length < bytes.length) writeFileSync(path + ending, copies[idx]);
  }
  return copies[0].length;
}

// As many at a time as Node has threads for it.
const queue = [...files];
let total = 0;
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) total += await compress(next);
};
await Promise.all([worker(), worker()]);
console.log(`${files.length} files have compressed copies, ${(total / 1e6).toFixed(1)} MB with brotli`);
