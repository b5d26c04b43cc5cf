/** Job XML of Jakarta Batch 2.1 and of JSR 352, loaded unchanged. */
import type { JobDefinition } from '../definition/job-definition.ts';
import { isNamespaceKnown, schemaProblems } from './check-schema.ts';
import { jobFromXml } from './job-from-xml.ts';
import { ARCHIVE_SCHEMA, JOB_NAMESPACES, JOB_SCHEMA, JOB_VERSIONS } from './job-schema.ts';
import { JobXmlError, type JobXmlProblem } from './job-xml-error.ts';
import { parseXml, type XmlElement } from './xml-tree.ts';

export { JobXmlError, type JobXmlProblem } from './job-xml-error.ts';

/**
 * A job as its XML says it. Values are taken as they are written; `resolveJob` puts in what `#{...}` stands for and checks them.
 * @param file As shown in messages.
 * @throws JobXmlError with every problem and its line: WM9001 not well-formed, WM9002 to WM9006 not what the schema allows, WM9007
 *   not a job, or of a version that is not known.
 */
export function parseJobXml(text: string, file: string): JobDefinition {
  const root = parseXml(text, file);
  const problems = rootProblems(root, 'job');
  if (problems.length === 0) problems.push(...schemaProblems(root, JOB_SCHEMA, JOB_NAMESPACES));
  const version = root.attributes.get('version');
  if (version !== undefined && !JOB_VERSIONS.includes(version.value))
    problems.push({
      code: 'WM9007',
      message: `job XML of version "${version.value}" is not known`,
      place: version.place,
      fix: `Known are ${JOB_VERSIONS.join(', ')}.`,
    });
  if (problems.length > 0) throw new JobXmlError(problems, text);
  return jobFromXml(root);
}

/**
 * `META-INF/batch.xml`: for every name of an artifact the class that it stands for.
 * @throws JobXmlError as `parseJobXml`
 */
export function parseBatchXml(text: string, file: string): ReadonlyMap<string, string> {
  const root = parseXml(text, file);
  const problems = rootProblems(root, 'batch-artifacts');
  if (problems.length === 0) problems.push(...schemaProblems(root, ARCHIVE_SCHEMA, JOB_NAMESPACES));
  if (problems.length > 0) throw new JobXmlError(problems, text);
  return new Map(
    root.children.map(({ attributes }) => [attributes.get('id')!.value, attributes.get('class')!.value]),
  );
}

function rootProblems(root: XmlElement, name: string): JobXmlProblem[] {
  if (root.name === name && isNamespaceKnown(root, JOB_NAMESPACES)) return [];
  const found = root.name === name ? `<${root.writtenName}> of ${root.namespace}` : `<${root.writtenName}>`;
  return [
    {
      code: 'WM9007',
      message: `the document's element is ${found}, not <${name}> of Jakarta Batch`,
      place: root.place,
      fix: `Write <${name} xmlns="${JOB_NAMESPACES[0]}" ...>.`,
    },
  ];
}
