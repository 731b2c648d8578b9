import { frameworks } from './frameworks/index.ts';

/** Words without which a file holds no hook. */
export const hookAnchors: readonly string[] = [...new Set(frameworks.flatMap(({ anchors }) => anchors))];

/** Words of programs that await something at their top and may be standalone scripts. */
export const programAnchors: readonly string[] = ['await ', '.catch(', '.then(', '#!'];
