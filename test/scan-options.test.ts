import { describe, expect, it } from 'vitest';
import { scan } from '../src/scan.ts';
import { folderWith } from './project/temporary-folder.ts';

describe('scan', () => {
  it.each([
    ['languages', 'cobol'],
    ['frameworks', 'gopher'],
    ['transforms', 'tidy'],
  ])('names what the configuration may have in `%s`', async (key, id) => {
    const folder = folderWith({ '.git/HEAD': '', 'startup-codemod.config.json': JSON.stringify({ [key]: [id] }) });
    await expect(scan({ paths: [folder] })).rejects.toThrow(new RegExp(`\`${key}\` has ${id}`));
  });
});
