// Copies the product's typeface into ../wwwroot/dist/fonts, with the style sheet that names its files; and writes the
// same typeface for print, as one sheet that holds its files, to the path given as the first argument.
// Apart from build.mjs, because the second is built into the program and changes only with the packages.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const client = dirname(fileURLToPath(import.meta.url));
const fonts = join(client, '..', 'wwwroot', 'dist', 'fonts');
const print = resolve(process.argv[2] ?? join(client, '..', 'obj', 'print-fonts.css'));
const variable = join(client, 'node_modules', '@fontsource-variable', 'source-sans-3');
const fixed = join(client, 'node_modules', '@fontsource', 'source-sans-3');

// What the product's languages are written in; a browser reads a file only when a page uses its range.
const subsets = ['latin-ext', 'latin'];

async function faces(family, sheet, style) {
  const all = (await readFile(join(family, sheet), 'utf8')).split(/(?=\/\* source-sans-3-)/);
  return subsets.map(subset => {
    const face = all.find(face => face.startsWith(`/* source-sans-3-${subset}-${style} */`));
    const file = face && /url\(\.\/files\/([^)]+\.woff2)\)/.exec(face)?.[1];
    if (!file) {
      throw new Error(`${sheet} of the font package no longer has ${subset} ${style}; adapt fonts.mjs.`);
    }

    const written = url => face.replace(/src: [^;]+;/, `src: url(${url}) format('woff2');`).trim();
    return { path: join(family, 'files', file), file, written };
  });
}

await mkdir(fonts, { recursive: true });
await mkdir(dirname(print), { recursive: true });

const screen = await faces(variable, 'wght.css', 'wght-normal');
await Promise.all([
  ...screen.map(({ path, file }) => copyFile(path, join(fonts, file))),
  copyFile(join(variable, 'LICENSE'), join(fonts, 'LICENSE.txt')),
]);

// Weights of their own for paper: Chromium writes a variable font into a PDF as drawings, a fixed one as a font.
const paper = [
  ...(await faces(fixed, '400.css', '400-normal')),
  ...(await faces(fixed, '400-italic.css', '400-italic')),
  ...(await faces(fixed, '600.css', '600-normal')),
];
const inlined = await Promise.all(
  paper.map(async ({ path, written }) => written(`data:font/woff2;base64,${(await readFile(path)).toString('base64')}`)));

// Last, because the build takes these two for the sign that all is there.
await writeFile(print, `${inlined.join('\n')}\n`);
await writeFile(join(fonts, 'source-sans-3.css'), `${screen.map(({ file, written }) => written(`./${file}`)).join('\n\n')}\n`);
