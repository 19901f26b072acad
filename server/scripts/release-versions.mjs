// Whether versions, change logs and the GraphQL schema agree with each other and with the release before.
import { buildSchema, findBreakingChanges } from 'graphql';

/**
 * @param packages name of the folder, with its manifest and its change log
 * @param today as YYYY-MM-DD
 */
export function versionComplaints(packages, today) {
  const [[, { manifest: first }]] = packages;
  return packages.flatMap(([name, { manifest, changelog }]) => {
    const { version, dependencies = {} } = manifest;
    const complaints = [];
    if (version !== first.version)
      complaints.push(`its version is ${version}, that of others ${first.version}.`);
    const sdk = dependencies['@oxicount/sdk'];
    if (sdk !== undefined && sdk !== `^${first.version}`) {
      complaints.push(`it depends on @oxicount/sdk ${sdk}, which would be ^${first.version}.`);
    }
    return [...complaints, ...changelogComplaints(changelog, version, today)].map(
      (complaint) => `${name}: ${complaint}`,
    );
  });
}

function changelogComplaints(changelog, version, today) {
  const entries = [...changelog.matchAll(/^## \[([^\]]+)\](?: - (\S+))?\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)];
  const [unreleased] = entries.filter(([, name]) => name === 'Unreleased');
  const [, newest, date, text] = entries.find(([, name]) => name !== 'Unreleased') ?? [];
  if (newest !== version)
    return [`CHANGELOG.md has ${newest ?? 'nothing'} on top, and ${version} is to be released.`];
  return [
    ...(unreleased && unreleased[3].trim() !== '' ? ['CHANGELOG.md still has something unreleased.'] : []),
    ...(/^\d{4}-\d\d-\d\d$/.test(date ?? '') && date <= today
      ? []
      : [`CHANGELOG.md has ${date ?? 'no date'} for ${version}.`]),
    ...(text.trim() === '' ? [`CHANGELOG.md says nothing of ${version}.`] : []),
  ];
}

/**
 * What GraphQL lost since a release whose clients go on with this one.
 * @param before version and schema of the release before, or null for the first
 */
export function schemaComplaints(before, { version, schema }) {
  if (before === null || mayBreak(before.version, version)) return [];
  return findBreakingChanges(buildSchema(before.schema), buildSchema(schema)).map(
    ({ description }) =>
      `schema.graphql: ${description} ${version} may not break clients of ${before.version}.`,
  );
}

/** A new major version may, and before 1.0.0 a new minor one. */
function mayBreak(before, after) {
  const [major, minor] = before.split('.');
  const [nextMajor, nextMinor] = after.split('.');
  return major !== nextMajor || (major === '0' && minor !== nextMinor);
}
