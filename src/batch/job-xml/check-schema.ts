/** Checks a tree against a table of rules, and reports everything that is wrong, not only the first. */
import type { ElementRule, Particle } from './job-schema.ts';
import type { JobXmlProblem } from './job-xml-error.ts';
import type { XmlElement } from './xml-tree.ts';

export type Schema = Readonly<Record<string, ElementRule>>;

/** @param namespaces Which the elements may have; none at all is allowed too. */
export function schemaProblems(
  element: XmlElement,
  schema: Schema,
  namespaces: readonly string[],
): JobXmlProblem[] {
  const problems: JobXmlProblem[] = [];
  const visit = (visited: XmlElement): void => {
    const rule = schema[visited.name]!;
    checkAttributes(visited, rule, problems);
    checkText(visited, problems);
    for (const child of checkChildren(visited, rule, schema, namespaces, problems)) visit(child);
  };
  visit(element);
  return problems;
}

export function isNamespaceKnown(element: XmlElement, namespaces: readonly string[]): boolean {
  return element.namespace === '' || namespaces.includes(element.namespace);
}

function checkAttributes(element: XmlElement, rule: ElementRule, problems: JobXmlProblem[]): void {
  for (const attribute of element.attributes.values()) {
    if (attribute.name in rule.attributes) continue;
    const known = Object.keys(rule.attributes);
    problems.push({
      code: 'WM9003',
      message: `<${element.name}> has no attribute "${attribute.name}"`,
      place: attribute.place,
      fix:
        known.length === 0
          ? 'Remove it: the element has no attributes.'
          : `Remove it, or use one of: ${known.join(', ')}.`,
    });
  }
  for (const [name, need] of Object.entries(rule.attributes)) {
    if (need === 'optional' || element.attributes.has(name)) continue;
    problems.push({
      code: 'WM9004',
      message: `<${element.name}> needs the attribute "${name}"`,
      place: element.place,
      fix: `Add ${name}="...".`,
    });
  }
}

function checkText(element: XmlElement, problems: JobXmlProblem[]): void {
  if (element.text === undefined) return;
  const shown = element.text.value.length > 40 ? `${element.text.value.slice(0, 40)}...` : element.text.value;
  problems.push({
    code: 'WM9002',
    message: `text is not allowed in <${element.name}>: "${shown}"`,
    place: element.text.place,
    fix: 'Remove it: job XML has values in attributes only.',
  });
}

/** @returns the children that stand where they may */
function checkChildren(
  element: XmlElement,
  rule: ElementRule,
  schema: Schema,
  namespaces: readonly string[],
  problems: JobXmlProblem[],
): XmlElement[] {
  const good: XmlElement[] = [];
  let at = 0;
  let count = 0;
  const missing = (particle: Particle, place: XmlElement['place']): void => {
    const names = particle.names.map((name) => `<${name}>`).join(' or ');
    problems.push({
      code: 'WM9005',
      message: `<${element.name}> needs ${names}`,
      place,
      fix: `Add ${names}.`,
    });
  };
  for (const child of element.children) {
    const known = isNamespaceKnown(child, namespaces) && child.name in schema;
    const index = known ? rule.content.findIndex(({ names }) => names.includes(child.name)) : -1;
    if (index === -1) {
      problems.push(notAllowed(child, element, rule));
      continue;
    }
    good.push(child);
    if (index < at) {
      problems.push(tooLate(child, rule.content[at]!));
      continue;
    }
    for (; at < index; at++, count = 0)
      if (rule.content[at]!.min > count) missing(rule.content[at]!, child.place);
    count++;
    if (rule.content[at]!.max === 1 && count > 1) problems.push(tooMany(child, element, rule.content[at]!));
  }
  for (; at < rule.content.length; at++, count = 0)
    if (rule.content[at]!.min > count) missing(rule.content[at]!, element.place);
  return good;
}

function notAllowed(child: XmlElement, parent: XmlElement, rule: ElementRule): JobXmlProblem {
  const names = rule.content.flatMap((particle) => particle.names);
  return {
    code: 'WM9002',
    message: `<${child.writtenName}> is not allowed in <${parent.name}>${child.namespace === '' || names.includes(child.name) === false ? '' : `: its namespace is ${child.namespace}`}`,
    place: child.place,
    fix: names.length === 0 ? 'Remove it.' : `Allowed here: ${names.map((name) => `<${name}>`).join(', ')}.`,
  };
}

function tooLate(child: XmlElement, current: Particle): JobXmlProblem {
  return {
    code: 'WM9006',
    message: `<${child.name}> stands too late: after ${current.names.map((name) => `<${name}>`).join(', ')}`,
    place: child.place,
    fix: 'Move it before them: the schema fixes the order.',
  };
}

function tooMany(child: XmlElement, parent: XmlElement, particle: Particle): JobXmlProblem {
  const names = particle.names.map((name) => `<${name}>`).join(' or ');
  return {
    code: 'WM9006',
    message: `<${parent.name}> can have one ${names} only, and this is another`,
    place: child.place,
    fix: 'Remove one.',
  };
}
