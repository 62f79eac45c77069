import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';

/**
 * The licences of the packages that the files are from, in full, in order of their names. Throws where a package holds no
 * text of one and cannot be helped to it.
 *
 * @param {readonly string[]} files paths as esbuild's metafile names them
 */
export async function licencesOf(files) {
  const folders = new Set(files.flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = await Promise.all([...folders].map(folder => licenceOf(folder, files)));
  return `openai-usage contains these packages.\n\n${texts.sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * @param {string} folder
 * @param {readonly string[]} files
 */
async function licenceOf(folder, files) {
  const {name, version, license, author} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const names = (await readdir(folder)).filter(each => /^(?:licen[cs]e|notice|copying)\b/i.test(each)).sort();
  const texts = await Promise.all(names.map(each => readFile(join(folder, each), 'utf8')));
  if (texts.length === 0) {
    if (license !== 'MIT') throw new Error(`${name} (${license}) is in the bundle, and holds no text of its licence.`);
    const sources = files.filter(file => file.startsWith(`${folder}/`)).map(file => readFile(file, 'utf8'));
    const notice = /Copyright \(c\).*/.exec((await Promise.all(sources)).join('\n'))?.[0];
    // The words of the MIT licence are those of our own, under the package's own copyright.
    const ours = await readFile('LICENSE', 'utf8');
    texts.push(ours.replace(/^Copyright .*/m, () => notice ?? `Copyright (c) ${author?.name ?? author}`));
  }
  return `${name} ${version} (${license})\n\n${texts.map(text => text.trim()).join('\n\n')}\n`;
}
