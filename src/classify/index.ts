export { type ClassifyContext, classifyHook } from './classify.ts';
export { ruleFor } from './instructions.ts';
export { sideOf } from './matrix.ts';
export { marginFor } from './weigh.ts';
