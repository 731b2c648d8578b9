import type { Side } from './matrix.ts';

/** What an author says about a step in a comment, a docstring or a log message. */
export interface Phrase {
  /** Simple alternatives without nested repetition: they run over users' text. */
  readonly pattern: RegExp;
  readonly favours: Side;
  readonly weight: number;
  /** What is said, after "the comment says". */
  readonly says: string;
}

/** In this order; text that a phrase took is not read again, so that `non-critical` is not taken for `critical`. */
export const phrases: readonly Phrase[] = [
  {
    pattern: /\bnon[- ]?(?:blocking|critical|fatal|essential)\b/i,
    favours: 'background',
    weight: 2,
    says: 'that it is not essential',
  },
  {
    pattern:
      /(?:\b(?:must |should )?(?:not|never|without|avoid|avoids)|n't) (?:to )?(?:block|blocking|delay|delaying|slow|slowing|hold|holding|fail|prevent|abort|crash)\b/i,
    favours: 'background',
    weight: 2,
    says: 'that startup must not wait for it or fail with it',
  },
  {
    pattern: /\b(?:in|as an?|runs?|start|starts|starting|the) (?:the )?(?:\w+ )?background\b/i,
    favours: 'background',
    weight: 1.5,
    says: 'that it is background work',
  },
  {
    pattern: /\b(?:best[- ]effort|opportunistic(?:ally)?|nice to have|not (?:required|needed|critical|essential))\b/i,
    favours: 'background',
    weight: 1.5,
    says: 'that the server can do without it',
  },
  {
    pattern: /\b(?:continuing|continue|proceeding|starting) (?:anyway|without|startup)\b|\bdegraded\b/i,
    favours: 'background',
    weight: 1,
    says: 'that startup goes on without it',
  },
  {
    pattern: /\bpre-?(?:warm|load|fetch|compute)\w*\b|\bwarm(?:s|ing)?[- ]?up\b|\bcold[- ]start\b/i,
    favours: 'background',
    weight: 1.5,
    says: 'that it only prepares what is made on demand as well',
  },
  {
    pattern: /\b(?:periodic(?:ally)?|every \d+ (?:seconds|minutes|hours|days)|at regular intervals)\b/i,
    favours: 'background',
    weight: 1.5,
    says: 'that it works from time to time',
  },
  {
    pattern: /\b(?:must|has to|have to|needs to)\b(?! not\b)/i,
    favours: 'critical',
    weight: 2,
    says: 'what must hold before startup goes on',
  },
  {
    pattern:
      /\b(?:before|prior to) (?:(?:any|the|we|it|all|first|other) ?)*(?:accept|serv|request|traffic|us|start|handl|rout|other|anything|first|yield|runn|new)\w*/i,
    favours: 'critical',
    weight: 2,
    says: 'that it comes before something else',
  },
  {
    pattern: /\b(?:required|needed|mandatory|critical|essential|prerequisite|fail[- ]?fast|depends? on)\b/i,
    favours: 'critical',
    weight: 1.5,
    says: 'that something needs it',
  },
];
