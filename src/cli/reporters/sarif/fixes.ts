import type { ArtifactChange, Fix } from 'sarif';
import { applyEdits, type FileEdit, lineEdits, type Rewrite } from '../../../core/index.ts';
import type { Texts } from '../report-source.ts';
import { messageText } from './message.ts';
import { artifact, regionOf } from './places.ts';

/** The rewrite as a suggested change: whole lines of every file that it touches, and the files that it makes. */
export function fixesOf(rewrite: Rewrite | undefined, texts: Texts): Fix[] {
  if (!rewrite) return [];
  const paths = [...new Set(rewrite.edits.map(({ path }) => path))];
  const changes = paths.flatMap((path) => changeOf(path, rewrite.edits, texts));
  const made = rewrite.creates.map(
    ({ path, text }): ArtifactChange => ({
      ...artifact(path),
      replacements: [{ deletedRegion: regionOf('', { start: 0, end: 0 }), insertedContent: { text } }],
    }),
  );
  return [{ description: { text: messageText(rewrite.title) }, artifactChanges: [...made, ...changes] }];
}

function changeOf(path: string, edits: readonly FileEdit[], texts: Texts): readonly ArtifactChange[] {
  const before = texts.get(path);
  if (before === undefined) return [];
  const after = applyEdits(
    before,
    edits.filter((edit) => edit.path === path),
  );
  const replacements = lineEdits(before, after).map(({ range, text }) => ({
    deletedRegion: regionOf(before, range),
    ...(text === '' ? {} : { insertedContent: { text } }),
  }));
  return replacements.length === 0 ? [] : [{ ...artifact(path), replacements }];
}
