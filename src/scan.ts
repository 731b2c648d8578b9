import { transformIds, transforms } from '../transforms/index.ts';
import { type Analysis, analyse } from './analyse.ts';
import { type Config, type FileError, UserError } from './core/index.ts';
import { languages } from './languages/index.ts';
import {
  type GitSelection,
  gitSelected,
  type LeftAlone,
  loadConfig,
  openProject,
  type Project,
  pathIn,
  projectOf,
} from './project/index.ts';

/** What to look at. Lists that are empty mean everything; what is given here goes before the configuration. */
export interface ScanOptions {
  readonly paths: readonly string[];
  readonly configFile?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly languages?: readonly string[];
  readonly frameworks?: readonly string[];
  readonly transforms?: readonly string[];
  /** Rewrite and report only files that git says have changed; the others are read all the same. */
  readonly only?: GitSelection;
}

/** What a scan found: facts and decisions of every candidate, and what was not looked at. */
export interface Scan {
  readonly project: Project;
  readonly analysis: Analysis;
  /** Files that were left alone, with the reason: generated, too large, not UTF-8 … */
  readonly leftAlone: readonly LeftAlone[];
  readonly errors: readonly FileError[];
  /** SHA-256 of every candidate as it was read, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** The only files that are rewritten and reported; missing: all. */
  readonly selected?: ReadonlySet<string>;
}

/** Paths → candidates → facts → decisions. Reads files, writes none. */
export async function scan(options: ScanOptions): Promise<Scan> {
  const config = configured(options);
  const project = openProject(options.paths, { include: config.include, exclude: config.exclude });
  const wanted = languages.filter(
    (language) => config.languages.length === 0 || config.languages.includes(language.id),
  );
  const selected = options.only && gitSelected(project.root, options.only);
  const asked = transforms.filter(({ id }) => config.transforms.includes(id));
  const words = [...config.thresholds.map(({ name }) => name), ...asked.flatMap(({ anchors = [] }) => anchors)];
  const { files, leftAlone, errors, hashes } = project.candidates(
    wanted.map((entry) => ({ ...entry, anchors: [...entry.anchors, ...words] })),
  );
  const analysis = await analyse(files, project.files, config);
  const isSelected = ({ path }: { readonly path: string }) => selected?.has(path) !== false;
  return {
    project,
    analysis,
    leftAlone: leftAlone.filter(isSelected),
    hashes,
    errors: [...errors, ...analysis.errors].filter(isSelected),
    ...(selected && { selected }),
  };
}

/** Scans the whole project of one file, so that nothing that its decisions rest on is missing. */
export async function scanAround(
  file: string,
  options: Omit<ScanOptions, 'paths'>,
): Promise<{ readonly scan: Scan; readonly path: string }> {
  const { file: target, folder } = projectOf(file);
  if (!target.isFile) throw new UserError(`${file}: a folder`, 'Name a file of it: FILE or FILE:LINE.');
  const found = await scan({ ...options, paths: [folder, target.path] });
  return { scan: found, path: pathIn(found.project.root, target.path) };
}

/** The configuration of the project, with what the caller asked for on top. */
function configured(options: ScanOptions): Config {
  const config = loadConfig(options.paths, options.configFile);
  for (const [key, known] of Object.entries(knownIds)) checkIds(config[key as keyof typeof knownIds], known, key);
  const pick = (wish: readonly string[] | undefined, own: readonly string[]) => (wish?.length ? wish : own);
  return {
    ...config,
    include: pick(options.include, config.include),
    exclude: [...config.exclude, ...(options.exclude ?? [])],
    languages: pick(options.languages, config.languages),
    frameworks: pick(options.frameworks, config.frameworks),
    transforms: pick(options.transforms, config.transforms),
  };
}

/** What the configuration may name. */
const knownIds = {
  languages: languages.map(({ id }) => id),
  frameworks: languages.flatMap(({ frameworks }) => frameworks),
  transforms: transformIds,
} as const;

function checkIds(ids: readonly string[], known: readonly string[], key: string): void {
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new UserError(
    `the configuration's \`${key}\` has ${unknown.join(', ')}, which is none`,
    `There are: ${known.join(', ')}.`,
  );
}
