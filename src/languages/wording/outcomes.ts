/** Says that something has happened: `Worker started`, `✅ cache warm`, `Database connected`. */
export function announcesOutcome(message: string): boolean {
  return OUTCOME.test(message) && !INTENT.test(message);
}

/** Speaks of the whole startup rather than of one step: `All services initialized`, `Application startup complete`. */
export function speaksOfWholeStartup(message: string): boolean {
  return WHOLE.test(message);
}

const OUTCOME =
  /[✅✓✔☑🟢🎉]|\b(started|ready|initiali[sz]ed|loaded|completed?|connected|running|enabled|finished|done|success|successful|successfully|warm|warmed|populated|created|registered|scheduled|restored|active|activated|online|listening|sync(hroni[sz])?ed|verified|established|launched|set up|configured|available|built|prepared|seeded|applied|migrated|cleaned|purged|pruned|evicted|expired|archived|removed|deleted|up|opened|indexed|refreshed|primed|preloaded|prefetched|spawned|subscribed|installed|bootstrapped|recovered)\b/iu;

const INTENT =
  /^\W*(starting|initiali[sz]ing|loading|connecting|warming|preparing|creating|setting up|running|checking)\b/iu;

const WHOLE = /\b(all|application|app|server|api|backend|everything|lifespan|startup|start-up|system|services)\b/iu;
