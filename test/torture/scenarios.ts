import { hostile } from './hostile.ts';
import { imports } from './imports.ts';
import { kills } from './kills.ts';
import { model } from './model.ts';
import { operations } from './operations.ts';
import { outsideEdits } from './outside-edits.ts';
import type { Scenario } from './scenario.ts';
import { writers } from './writers.ts';
import { yamlSuite } from './yaml-suite.ts';

/** In the order of the table. What needs a VS Code is apart: hosts.ts. */
export const scenarios: readonly Scenario[] = [
  kills,
  writers,
  outsideEdits,
  operations,
  model,
  hostile,
  yamlSuite,
  imports,
];
