/** Something that the user can put right: `message` says what is wrong and where, `help` what to do. Shown without a stack. */
export class UserError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = 'UserError';
    this.help = help;
  }
}
