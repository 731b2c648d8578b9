import type { Analysis } from '../analyse.ts';
import type { Trap } from '../core/index.ts';
import { decidedSteps, type TrapKind, trapAt } from './trap-kind.ts';

/** `void warmCache()` in a startup hook. */
export const voidPromise: TrapKind = {
  code: 'SC105',
  id: 'void-promise',
  title: 'A promise is thrown away with void',
  level: 'warning',
  why: '`void` quiets the linter, and nothing else: where the promise is rejected, Node ends the process (nodejs.org/api/process.html, event unhandledRejection), requests that are being answered included.',
  instead: 'Catch and log its failure (`.catch(…)`), or start it with the runtime helper, which does.',
  find: (analysis) =>
    decidedSteps(analysis)
      .filter(({ step }) => step.calls.some((call) => !call.body?.survivesFailure))
      .flatMap((one): readonly Trap[] => {
        const [call] = one.step.calls;
        const text = textOf(one.hook.path, one.step.range, analysis);
        return call?.form === 'detached' && /^void\b/.test(text) && !/\.catch\s*\(|\.then\s*\([^()]*,/.test(text)
          ? [trapAt(one, 'SC105', `where ${call.callee} is rejected, the process ends`)]
          : [];
      }),
};

function textOf(path: string, { start, end }: { readonly start: number; readonly end: number }, analysis: Analysis) {
  const files = analysis.languages.flatMap(({ facts }) => facts.files);
  return files.find(({ file }) => file.path === path)?.file.text.slice(start, end) ?? '';
}
