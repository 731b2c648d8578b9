import { type ConfigFormat, newConfigFile, schemaAddress, writeNewFile } from './project/index.ts';
import { scan } from './scan.ts';
import { type Findings, starterConfig, surveyOf } from './starter-config.ts';

/** A configuration that was written, and what was found for it. */
export interface Initialised extends Findings {
  /** Absolute. */
  readonly file: string;
}

/** Writes a first configuration for the project in a folder. One that holds for the folder already is a `UserError`. */
export async function init(folder: string, format: ConfigFormat, version: string): Promise<Initialised> {
  const file = newConfigFile(folder, format);
  const found = await scan({ paths: [folder] });
  const findings = surveyOf(found);
  writeNewFile(file, starterConfig(findings, schemaAddress(folder, version), format));
  return { ...findings, file };
}
