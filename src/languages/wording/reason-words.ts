/** Whether a comment says itself why a step is waited for (`Blocks startup`), or why it is not (`Background`). */
export function givesReason(lead: string, comment: string): boolean {
  return REASONS[lead]?.test(comment) ?? false;
}

const REASONS: Readonly<Record<string, RegExp>> = {
  'Blocks startup':
    /\b(before|must|required?|requires|needs?|needed|until|first|so that|block(s|ing)?|critical|because|otherwise)\b/i,
  Background:
    /\b(in the background|(non-?|not )(blocking|critical|essential)|(without|not|never|n't) (block|wait|delay)\w*|later|lazily|optional|can wait|because|otherwise)\b/i,
};
