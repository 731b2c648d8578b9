import type { Command } from 'commander';
import { explainLine } from './explain.ts';
import { initialise } from './init.ts';
import { pullRequest } from './pr.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';

/** A subcommand: adds itself to the program, and calls `done` with the exit status that its run comes to. */
export type Subcommand = (program: Command, done: (status: number) => void) => void;

/** Every subcommand, in the order of the help. */
export const subcommands: readonly Subcommand[] = [explainLine, initialise, pullRequest, undo, verify];
