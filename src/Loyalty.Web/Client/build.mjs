// Bundles what browsers load into ../wwwroot/dist. Run by Client.targets; by hand: npm run build.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const client = dirname(fileURLToPath(import.meta.url));
const dist = join(client, '..', 'wwwroot', 'dist');

const shared = {
  absWorkingDir: client,
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent', // told by report, in the form that the build understands
  outdir: dist,
  // Phones of the last five years or so.
  target: 'es2020',
};

// CSS has no year to name; these browsers still need nesting written out.
const cssTarget = ['safari15', 'chrome100', 'firefox100'];

async function bundle() {
  await Promise.all([
    // One classic script: it can be deferred, needs no module map and is one request.
    build({ ...shared, entryPoints: { phone: 'phone/main.ts' }, format: 'iife', platform: 'browser', mainFields: ['browser', 'module', 'main'] }),
    build({ ...shared, entryPoints: { phone: 'phone/phone.css' }, target: cssTarget }),
    // A module: components import it and call its exports.
    build({ ...shared, entryPoints: { page: 'page/main.ts' }, format: 'esm', platform: 'browser' }),
  ]);
}

function report(failure) {
  for (const { location, text } of failure.errors ?? [{ text: failure.message }]) {
    const where = location ? `${join(client, location.file)}(${location.line},${location.column + 1})` : join(client, 'build.mjs');
    console.error(`${where}: error CLIENT: ${text}`);
  }

  process.exitCode = 1;
}

try {
  await bundle();
} catch (failure) {
  report(failure);
}
