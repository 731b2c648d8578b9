import { snakeCase } from './words-of.ts';

/** A flag that says that something is to run, or to stop: `running`, `_stop_event`, `isShuttingDown`. */
export function saysRunOrStop(name: string): boolean {
  return RUN_FLAG.test(snakeCase(name));
}

/** The last part of a dotted name is a flag that says whether something is there already: `is_initialized`, `this.ready`. */
export function saysReady(written: string): boolean {
  return READY.test(written);
}

/** The last part of a dotted name makes what is absent: `ensure_loaded`, `getOrCreate`, `connectOnce`. */
export function makesWhatIsAbsent(written: string): boolean {
  return MAKES_IT.test(snakeCase(written));
}

const RUN_FLAG =
  /(^|_)(run|running|stop|stopp?ed|stopping|shut_?down|shutting_down|clos(e|ed|ing)|activ(e|ated)|alive|started|exit(ing|ed)?|terminat(e|ed|ing)|cancel(l?ed)?|quit|enabled|keep_?going|abort(ed)?|interrupted|finish_event)($|_)/i;

const READY =
  /(^|[._])_?(is_?|has_?|was_?)?(initiali[sz]ed|ready|loaded|available|connected|started|running|enabled|built|healthy|configured|warm(ed)?|populated|active|alive)$/i;

const MAKES_IT =
  /(^|[._])(ensure|lazy|_?get_or_(create|init|load)|wait_until|wait_for_ready)\w*$|_(if_needed|once|if_missing)$/i;
