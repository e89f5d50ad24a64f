import { outsideEdits } from './outside-edits.ts';
import type { Scenario } from './scenario.ts';

/** In the order of the table. */
export const scenarios: readonly Scenario[] = [outsideEdits];
