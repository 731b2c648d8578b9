export { type ClassifyContext, classifyHook } from './classify.ts';
