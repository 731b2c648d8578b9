/** Order of the lines that are inserted at one offset; statements and indentation stand between and after them. */
export const INSTANCE = -30;
export const BLANK_LINE = -20;
export const COMMENT = -10;
export const RELEASE = 50;
export const HANDLER = 60;
export const INDENTATION = 100;
