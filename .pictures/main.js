/**
 * Makes the README's pictures anew from a run of the built program. `npm run pictures`, from the repository's root; it
 * needs `script` of util-linux.
 */
import {writeFile} from 'node:fs/promises';
import {takePictures} from './take.js';

for (const [name, svg] of await takePictures()) await writeFile(new URL(name, import.meta.url), svg);
