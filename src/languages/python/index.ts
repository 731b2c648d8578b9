export { loadPython } from './parse.ts';
