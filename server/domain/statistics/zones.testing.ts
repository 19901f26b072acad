/** Zones that differ in how their clocks are set, and fixed offsets. */
export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  // Sets its clocks by half an hour.
  'Australia/Lord_Howe',
  // Had no 2011-12-30.
  'Pacific/Apia',
  // Skip midnight in spring, and show the hour before it twice in autumn.
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'UTC',
  '+05:45',
  '-09:30',
  '-00:30',
] as const;
