// Bundles what browsers load into ../wwwroot/dist. Run by Client.targets; by hand: npm run build.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const client = dirname(fileURLToPath(import.meta.url));
const dist = join(client, '..', 'wwwroot', 'dist');
const fonts = join(dist, 'fonts');
const family = join(client, 'node_modules', '@fontsource-variable', 'source-sans-3');

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

// The two scripts that the product's languages are written in; each is fetched only when a page uses its range.
const subsets = ['latin-ext', 'latin'];

async function copyFonts() {
  await mkdir(fonts, { recursive: true });
  const faces = await readFile(join(family, 'wght.css'), 'utf8');
  const wanted = faces
    .split(/(?=\/\* source-sans-3-)/)
    .filter(face => subsets.some(subset => face.startsWith(`/* source-sans-3-${subset}-wght-normal */`)))
    .map(face => face.replace('./files/', './').replace(/'woff2-variations'/, "'woff2'").trim());

  if (wanted.length !== subsets.length) {
    throw new Error('The font package no longer lists the expected subsets; adapt copyFonts in build.mjs.');
  }

  await Promise.all([
    ...subsets.map(subset => {
      const name = `source-sans-3-${subset}-wght-normal.woff2`;
      return copyFile(join(family, 'files', name), join(fonts, name));
    }),
    copyFile(join(family, 'LICENSE'), join(fonts, 'LICENSE.txt')),
    writeFile(join(fonts, 'source-sans-3.css'), `${wanted.join('\n\n')}\n`),
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
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([bundle(), copyFonts()]);
} catch (failure) {
  report(failure);
}
