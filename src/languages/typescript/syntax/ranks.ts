/** Order of the lines that are inserted at one offset; statements and indentation stand between and after them. */
export const IMPORT = -50;
export const LOGGER = -40;
export const FIELD = -40;
export const INSTANCE = -30;
export const SHUTDOWN_HOOK = -20;
export const COMMENT = -10;
export const HOLD = 50;
export const INDENTATION = 100;
