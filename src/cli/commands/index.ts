import type { Command } from '../command';
import { agreement } from './agreement';
import { convert } from './convert';
import { exportCorpus } from './export';
import { importInto } from './import';
import { learn } from './learn';
import { mergeDriver } from './merge-driver';
import { repair } from './repair';
import { stats } from './stats';
import { suggest } from './suggest';
import { validate } from './validate';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  validate,
  importInto,
  exportCorpus,
  convert,
  stats,
  agreement,
  repair,
  learn,
  suggest,
  mergeDriver,
];
