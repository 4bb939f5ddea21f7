// Bundles what browsers load into ../wwwroot/dist. Run by Client.targets; by hand: npm run build.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

// What exercise types add to the phone: Exercises/<Type>/<name>.phone.ts and .phone.css, where <name> is the type's name in
// agendas. Found because they are there, so that a new type touches nothing outside its folder.
async function exerciseFiles(ending) {
  const root = join(client, '..', 'Exercises');
  const folders = (await readdir(root, { withFileTypes: true })).filter(entry => entry.isDirectory());
  const files = await Promise.all(folders.map(async ({ name }) => (await readdir(join(root, name))).map(file => join(root, name, file))));
  return files.flat().filter(file => file.endsWith(ending)).sort();
}

// The module that the phone's script imports as 'exercises'.
const exercises = {
  name: 'exercises',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^exercises$/ }, () => ({ path: 'exercises', namespace: 'exercises' }));
    onLoad({ filter: /.*/, namespace: 'exercises' }, async () => {
      const ending = '.phone.ts';
      const files = await exerciseFiles(ending);
      const imports = files.map((file, index) => `import { enhance as e${index} } from ${JSON.stringify(file)};`);
      const entries = files.map((file, index) => `${JSON.stringify(basename(file, ending))}: e${index},`);
      return { contents: `${imports.join('\n')}\nexport const exercises = {${entries.join('\n')}};`, resolveDir: client };
    });
  },
};

// What of the SignalR client a phone never runs: requests for browsers without fetch, and its own way of coming back after a
// loss (ours fetches the whole stage instead). The classes must exist, because the client names them.
const unused = {
  name: 'unused',
  setup({ onLoad }) {
    onLoad({ filter: /signalr[\\/]dist[\\/]esm[\\/](XhrHttpClient|MessageBuffer)\.js$/ }, ({ path }) => ({ contents: `export class ${basename(path, '.js')} {}` }));
  },
};

async function phoneStyles() {
  const files = [join(client, 'phone', 'phone.css'), ...await exerciseFiles('.phone.css')];
  return { contents: files.map(file => `@import ${JSON.stringify(file)};`).join('\n'), loader: 'css', resolveDir: client };
}

async function bundle() {
  const { outdir: _, ...toFile } = shared;
  await Promise.all([
    // One classic script: it can be deferred, needs no module map and is one request.
    build({
      ...shared,
      entryPoints: { phone: 'phone/main.ts' },
      format: 'iife',
      platform: 'browser',
      mainFields: ['browser', 'module', 'main'],
      plugins: [exercises, unused],
      mangleProps: /^_[a-z]/, // private members of the SignalR client; nothing outside the bundle knows them
    }),
    build({ ...toFile, stdin: await phoneStyles(), outfile: join(dist, 'phone.css'), target: cssTarget }),
    // Modules: components import them and call their exports. Dragging is for the few pages that need it.
    build({ ...shared, entryPoints: { page: 'page/main.ts', sort: 'page/sort.ts' }, format: 'esm', platform: 'browser' }),
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
