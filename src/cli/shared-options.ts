/** Options that mean the same in every command. */
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { milliseconds } from '../duration.ts';
import type { Terminal } from './terminal.ts';

export const DEFAULT_DATA_FOLDER = '.waymark';

export const dataOption = (): Option =>
  new Option('--data <folder>', `data folder (default: $WAYMARK_DATA or ${DEFAULT_DATA_FOLDER})`);

/** `what` is printed as JSON with it. */
export const jsonOption = (what = 'print JSON'): Option => new Option('--json', what);

/** The flag, else WAYMARK_DATA, else the default; absolute. */
export function dataFolder(flag: string | undefined, terminal: Terminal): string {
  const fromEnvironment = terminal.env.WAYMARK_DATA;
  const folder = flag ?? (fromEnvironment === '' ? undefined : fromEnvironment) ?? DEFAULT_DATA_FOLDER;
  return resolve(terminal.directory, folder);
}

export const socketOption = (): Option =>
  new Option(
    '--socket <folder>',
    'folder where the processes find each other (default: $WAYMARK_SOCKET or .waymark/mesh)',
  );

/** The flag, else WAYMARK_SOCKET, else `mesh` in the default data folder; absolute. Nodes that name the same folder share their requests. */
export function meshFolder(flag: string | undefined, terminal: Terminal): string {
  const fromEnvironment = terminal.env.WAYMARK_SOCKET;
  const folder =
    flag ?? (fromEnvironment === '' ? undefined : fromEnvironment) ?? `${DEFAULT_DATA_FOLDER}/mesh`;
  return resolve(terminal.directory, folder);
}

/** For options that take a whole number from 1. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** For options that take a whole number from 0. */
export function wholeNumber(text: string): number {
  return text.trim() === '0' ? 0 : positiveInteger(text);
}

/** For options that take a time, such as `30s` or `2h`; milliseconds. */
export function durationText(text: string): number {
  try {
    return milliseconds(text);
  } catch {
    throw new InvalidArgumentError('It must be a time such as 500ms, 30s, 5m, 2h or 7d.');
  }
}

/** What an option of JSON holds. In an object, because the parser of options takes null for a missing value. */
export interface JsonInput {
  readonly value: unknown;
}

/** For options that take JSON. */
export function jsonInput(text: string): JsonInput {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    throw new InvalidArgumentError(`It must be JSON: ${(error as Error).message}`);
  }
}
