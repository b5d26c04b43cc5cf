/** What a class declares, read off its body. */
import type { Node } from '../ast.ts';
import type { Binding, ClassInfo, FunctionInfo } from './model.ts';

/** `maker`: for a class that is made at run time, what stands for the code that makes it. */
export function makeClassInfo(
  node: Node,
  name: string,
  parent: ClassInfo | undefined,
  maker: FunctionInfo | undefined,
): ClassInfo {
  const members = node['body'].body as Node[];
  const isPrivate = (member: Node): boolean => member['key']?.type === 'PrivateIdentifier';
  const fields = members.filter((member) => member.type === 'PropertyDefinition' && isPrivate(member));
  const namesOf = (list: readonly Node[]): string[] => list.map((member) => member['key'].name as string);
  return {
    node,
    id: -1,
    name: name || '<anonymous>',
    parent,
    privateFields: namesOf(fields.filter((member) => !member['static'])),
    privateStatics: namesOf(fields.filter((member) => member['static'])),
    privateMethods: new Set(
      namesOf(
        members.filter(
          (item) => item.type === 'MethodDefinition' && item['kind'] === 'method' && isPrivate(item),
        ),
      ),
    ),
    heldMethods: new Set(),
    hasPrivateMembers: members.some((member) => isPrivate(member) && !member['static']),
    staticState: [],
    staticsVariable: undefined,
    variable: undefined,
    maker,
    own: undefined,
  };
}

/** The variable that holds a class made at run time, for the code in its body. */
export function ownVariable(cls: ClassInfo, fallback: string): Binding {
  if (cls.own) return cls.own;
  const maker = cls.maker!;
  const name: string = cls.node['id']?.name ?? fallback;
  cls.own = {
    name,
    kind: 'class',
    owner: maker,
    moduleLevel: false,
    scopeNode: cls.node,
    initializedAt: 0,
    declaredAt: 0,
    inCase: false,
    assigned: false,
    captured: false,
    boxed: false,
    early: false,
    output: name,
    references: [],
  };
  maker.locals.push(cls.own);
  return cls.own;
}
