const QUALITIES =
  `ancient autumn better bitter borrowed bright broken busy careful cheap clear common cool curious
  deep distant early easy empty fast forgotten gentle hidden honest humble idle large late lazy little local lost
  narrow odd open plain quiet sharp slow small`.split(/\s+/);
// 60, and 41 have no factor in common with them: so every quality meets every thing.
const THINGS =
  `answers apples bakeries batteries bicycles birds boats books bridges bugs cables caches calendars
  cameras cities clocks colours databases deserts doors errors evenings fences ferries fields fonts forests gardens
  harbours indexes islands keyboards kitchens ladders letters libraries lighthouses maps markets meadows mountains
  numbers orchards parsers pencils queries queues radios railways rivers roofs shells stations streets tables tests
  tides tools trees winters`.split(/\s+/);

/** A name of a page, such as `slow-rivers`. The first ones differ in both words; all of them differ. */
export function slug(index: number): string {
  const quality = index % QUALITIES.length;
  const round = Math.floor(index / QUALITIES.length);
  const thing = (index + round) % THINGS.length;
  const times = Math.floor(round / THINGS.length);
  return `${QUALITIES[quality]}-${THINGS[thing]}${times === 0 ? '' : `-${times + 1}`}`;
}
